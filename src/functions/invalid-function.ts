import { PungiError } from '../errors/pungi-error.js';

/** The error for functions that cannot be used: which, what is wrong, the next thing to type. */
export function invalidFunction(place: string, what: string, hint: string, cause?: unknown): PungiError {
  return new PungiError('INVALID_INPUT', `${place} ${what}.`, {
    hint,
    details: { argument: place.replaceAll('`', '') },
    cause,
  });
}
