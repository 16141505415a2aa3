import { checkOneshot } from '../job/check-oneshot.js';
import { invalidInput } from '../job/invalid-input.js';
import { type RunOptions, readOptions } from '../job/run-options.js';

const LIVE = [
  'signal',
  'onStdout',
  'onStderr',
  'onDisplay',
  'onEvent',
  'onUsage',
  'functions',
  'countHostTime',
] as const satisfies (keyof RunOptions)[];

/** The options of a run that block the caller: none that would need it meanwhile. */
export type SyncRunOptions = Omit<RunOptions, (typeof LIVE)[number] | 'oneshot'>;

/** To leave them unheard would promise what cannot be done. */
export function refuseLive(options: unknown): void {
  const read = readOptions(options);
  const live = LIVE.find((name) => read.has(name));
  if (live !== undefined) {
    throw invalidInput(
      `Option \`${live}\` cannot be used with runCodeSync: nothing else happens in this thread while it waits.`,
      `Leave \`${live}\` out, or call runCode. A shorter timeoutSeconds bounds the wait.`,
      live,
    );
  }
  if (read.has('oneshot') && !checkOneshot(options)) {
    throw invalidInput(
      'Option `oneshot` is false, but runCodeSync keeps no processes between runs.',
      'Leave `oneshot` out, or call runCode.',
      'oneshot',
    );
  }
}
