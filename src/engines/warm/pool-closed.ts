import { PungiError } from '../../errors/pungi-error.js';

/** For a run that came after `close`, or that waited when the pool was killed. */
export function runnerClosed(): PungiError {
  return new PungiError('RUNNER_CLOSED', 'The runner was closed; this run did not start.');
}
