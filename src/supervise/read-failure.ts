import { PungiError } from '../errors/pungi-error.js';
import { failedMessage } from '../protocol/messages.js';
import { readTrusted } from './read-trusted.js';

/** Why the jail could not be built, or a run not begun, as the error to throw. */
export function readFailure(payload: Uint8Array): PungiError {
  const { layer, message, hint } = readTrusted(failedMessage, payload);
  const details = { layer };
  if (layer === 'files') {
    return new PungiError('INVALID_INPUT', `The files could not be put in place: ${message}.`, {
      details,
      hint,
    });
  }
  if (layer === 'preload') {
    return new PungiError('PRELOAD_FAILED', `The preload failed: ${message}.`, { details });
  }
  return new PungiError(
    'SANDBOX_FAILED',
    `The layer '${layer}' of the sandbox failed: ${message}. No user code ran.`,
    {
      details,
      ...(hint === '' ? {} : { hint }),
    },
  );
}
