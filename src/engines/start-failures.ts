import { PungiError } from '../errors/pungi-error.js';
import type { SupervisorExit } from '../spawn/start-supervisor.js';

/** A supervisor that proved no worker in time. */
export function startTooLate(timeoutMs: number): PungiError {
  return new PungiError('START_FAILED', `No worker was ready after ${timeoutMs / 1000} s.`);
}

/** A supervisor that was ended because nothing came of it. */
export function startGivenUp(why: string): PungiError {
  return new PungiError('START_FAILED', `No worker was ready, and the supervisor was given up: ${why}.`);
}

/** A supervisor that ended without saying why. */
export function startDied(exit: SupervisorExit): PungiError {
  const { exitCode, signal, stderr } = exit;
  return new PungiError(
    'START_FAILED',
    `The supervisor ended before a worker was ready ${describeExit(exit)}`,
    {
      details: { exitCode, signal, stderr },
    },
  );
}

/** How it ended, in brackets, and what it said. */
export function describeExit({ exitCode, signal, stderr, fault }: SupervisorExit): string {
  const how = signal === null ? `exit code ${exitCode}` : signal;
  const refused = fault === null ? '' : ` Node refused what it sent: ${fault}.`;
  const said = stderr === '' ? '' : ` It wrote: ${stderr.split('\n').slice(-3).join(' | ')}`;
  return `(${how}).${refused}${said}`;
}

/** A supervisor that forks no more, as one that was stopped. */
export function noMoreWorkers(timeoutMs: number): PungiError {
  return new PungiError('START_FAILED', `No further worker was ready after ${timeoutMs / 1000} s.`);
}
