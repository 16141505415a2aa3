import { invalidInput } from './invalid-input.js';
import { badOption, readOptions } from './run-options.js';

/** Whether the run is to have a tree of its own. */
export function checkOneshot(options: unknown): boolean {
  const oneshot = readOptions(options).get('oneshot');
  if (oneshot === undefined) return false;
  if (typeof oneshot === 'boolean') return oneshot;
  throw badOption('oneshot', oneshot, 'true or false');
}

/** A runner was made to share: to leave the option unheard would promise what is not done. */
export function refuseOneshot(options: unknown): void {
  if (!checkOneshot(options)) return;
  throw invalidInput(
    'Option `oneshot` is true, but the runs of a runner share its processes.',
    'Leave `oneshot` out, or call runCode.',
    'oneshot',
  );
}
