import { PungiError } from '../errors/pungi-error.js';
import type { SupervisorExit } from '../spawn/start-supervisor.js';

/** A supervisor that proved no worker in time. */
export function startTooLate(timeoutMs: number): PungiError {
  return new PungiError('START_FAILED', `No worker was ready after ${timeoutMs / 1000} s.`);
}

/** A supervisor that ended without saying why. */
export function startDied({ exitCode, signal, stderr }: SupervisorExit): PungiError {
  const how = signal === null ? `exit code ${exitCode}` : signal;
  const said = stderr === '' ? '' : ` It wrote: ${stderr.split('\n').slice(-3).join(' | ')}`;
  return new PungiError('START_FAILED', `The supervisor ended before a worker was ready (${how}).${said}`, {
    details: { exitCode, signal, stderr },
  });
}
