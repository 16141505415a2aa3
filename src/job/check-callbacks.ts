import { collectFunctions, type FunctionSet } from '../functions/collect-functions.js';
import type { LiveEvent } from '../result/live-event.js';
import type { LiveUsage } from '../result/live-usage.js';
import type { Display } from '../result/run-result.js';
import { badOption, readOptions } from './run-options.js';

/** The options that stay in Node: they are no part of the job. */
export interface RunCallbacks {
  readonly signal: AbortSignal | null;
  readonly onStdout: ((text: string) => void) | null;
  readonly onStderr: ((text: string) => void) | null;
  readonly onDisplay: ((display: Display) => void) | null;
  readonly onEvent: ((event: LiveEvent) => void) | null;
  readonly onUsage: ((usage: LiveUsage) => void) | null;
  /** `null` when the code may call none. */
  readonly functions: FunctionSet | null;
}

/** Checks `signal`, the listeners and the functions; their absence is `null`. */
export function checkCallbacks(options: unknown): RunCallbacks {
  const read = readOptions(options);
  return {
    signal: checkSignal(read.get('signal')),
    onStdout: checkListener('onStdout', read.get('onStdout')),
    onStderr: checkListener('onStderr', read.get('onStderr')),
    onDisplay: checkListener('onDisplay', read.get('onDisplay'), 'a display'),
    onEvent: checkListener('onEvent', read.get('onEvent'), 'an event'),
    onUsage: checkListener('onUsage', read.get('onUsage'), 'what was used'),
    functions: read.has('functions') ? collectFunctions(read.get('functions')) : null,
  };
}

function checkSignal(signal: unknown): AbortSignal | null {
  if (signal === undefined) return null;
  if (isAbortSignal(signal)) return signal;
  throw badOption('signal', signal, 'an AbortSignal');
}

// By shape, since a signal of another realm or a polyfill is no instance of this realm's class.
function isAbortSignal(value: unknown): value is AbortSignal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'aborted' in value &&
    typeof value.aborted === 'boolean' &&
    'addEventListener' in value &&
    typeof value.addEventListener === 'function' &&
    'removeEventListener' in value &&
    typeof value.removeEventListener === 'function'
  );
}

function checkListener<T>(name: string, listener: unknown, what = 'text'): ((given: T) => void) | null {
  if (listener === undefined) return null;
  if (typeof listener !== 'function') throw badOption(name, listener, `a function that takes ${what}`);
  return (given) => {
    Reflect.apply(listener, undefined, [given]);
  };
}
