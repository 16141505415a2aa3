import type { RunResult } from '../result/run-result.js';
import { createEventLog } from './event-log.js';
import type { RunEvent } from './run-event.js';

/**
 * A run that is going on: await it for its result, or iterate it for what happens meanwhile.
 *
 * @example
 * const run = runCode('print("hello")');
 * for await (const event of run) if (event.type === 'stdout') process.stdout.write(event.text);
 * const result = await run;
 */
export interface RunHandle extends PromiseLike<RunResult>, AsyncIterable<RunEvent> {
  catch<T>(onRejected: (reason: unknown) => T | PromiseLike<T>): Promise<RunResult | T>;
  finally(onSettled: () => void): Promise<RunResult>;
}

/** Starts the run at once. */
export function createRunHandle(start: (emit: (event: RunEvent) => void) => Promise<RunResult>): RunHandle {
  const log = createEventLog();
  const result = start(log.add);
  return {
    // biome-ignore lint/suspicious/noThenProperty: a handle is awaited like a promise, by design.
    then: (onFulfilled, onRejected) => result.then(onFulfilled, onRejected),
    catch: (onRejected) => result.catch(onRejected),
    finally: (onSettled) => result.finally(onSettled),
    [Symbol.asyncIterator]: () => log.read(result),
  };
}
