import type { RunResult } from '../result/run-result.js';
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

/** Starts the run at once; events are kept for one who iterates later, within the caps of the output. */
export function createRunHandle(start: (emit: (event: RunEvent) => void) => Promise<RunResult>): RunHandle {
  const events: RunEvent[] = [];
  const waiting = new Set<() => void>();
  const emit = (event: RunEvent): void => {
    events.push(event);
    for (const wake of waiting) wake();
  };
  const result = start(emit);
  // Whoever iterates or awaits gets the error; nobody may have done so yet.
  result.catch(() => {
    for (const wake of waiting) wake();
  });

  async function* iterate(): AsyncGenerator<RunEvent> {
    const settled = result.then(() => undefined);
    for (let next = 0; ; next += 1) {
      while (next >= events.length) await Promise.race([settled, somethingNew(waiting)]);
      const event = events[next];
      if (event === undefined) return;
      yield event;
      if (event.type === 'run-end') return;
    }
  }

  return {
    // biome-ignore lint/suspicious/noThenProperty: a handle is awaited like a promise, by design.
    then: (onFulfilled, onRejected) => result.then(onFulfilled, onRejected),
    catch: (onRejected) => result.catch(onRejected),
    finally: (onSettled) => result.finally(onSettled),
    [Symbol.asyncIterator]: iterate,
  };
}

function somethingNew(waiting: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      waiting.delete(wake);
      resolve();
    };
    waiting.add(wake);
  });
}
