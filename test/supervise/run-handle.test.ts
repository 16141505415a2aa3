import { describe, expect, test, vi } from 'vitest';
import type { RunResult } from '../../src/result/run-result.js';
import type { RunEvent } from '../../src/supervise/run-event.js';
import { createRunHandle } from '../../src/supervise/run-handle.js';
import { sampleResult } from './samples.js';

const result = sampleResult();
const events: readonly RunEvent[] = [
  { type: 'stdout', text: 'a' },
  { type: 'stderr', text: 'b' },
  { type: 'run-end', result },
];

async function succeed(emit: (event: RunEvent) => void): Promise<RunResult> {
  for (const event of events) {
    await Promise.resolve();
    emit(event);
  }
  return result;
}

const fail = (): Promise<RunResult> => Promise.reject(new Error('it could not begin'));

async function iterate(handle: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  for await (const event of handle) seen.push(event);
  return seen;
}

test('the run starts at once, and only once', async () => {
  const start = vi.fn(succeed);
  const handle = createRunHandle(start);
  expect(start).toHaveBeenCalledTimes(1);
  await handle;
  await handle;
  await iterate(handle);
  expect(start).toHaveBeenCalledTimes(1);
});

describe('a run that comes to its end', () => {
  test('is awaited for its result', async () => {
    expect(await createRunHandle(succeed)).toBe(result);
  });

  test('is iterated while it goes on and afterwards', async () => {
    const handle = createRunHandle(succeed);
    expect(await iterate(handle)).toEqual(events);
    expect(await iterate(handle)).toEqual(events);
    expect(await handle).toBe(result);
  });

  test('is a promise to `then`, `catch` and `finally`', async () => {
    const handle = createRunHandle(succeed);
    const settled = vi.fn();
    expect(await handle.then(({ status }) => status)).toBe('ok');
    expect(await handle.catch(() => 'caught')).toBe(result);
    expect(await handle.finally(settled)).toBe(result);
    expect(await Promise.all([handle, handle])).toEqual([result, result]);
    expect(settled).toHaveBeenCalledTimes(1);
  });
});

describe('a run that could not begin', () => {
  test('rejects whoever awaits it', async () => {
    const handle = createRunHandle(fail);
    const settled = vi.fn();
    await expect(handle).rejects.toThrow(new Error('it could not begin'));
    expect(await handle.then(null, (error: unknown) => String(error))).toBe('Error: it could not begin');
    expect(await handle.catch((error: unknown) => String(error))).toBe('Error: it could not begin');
    await expect(handle.finally(settled)).rejects.toThrow(new Error('it could not begin'));
    expect(settled).toHaveBeenCalledTimes(1);
  });

  test('throws to whoever iterates it', async () => {
    await expect(iterate(createRunHandle(fail))).rejects.toThrow(new Error('it could not begin'));
  });
});
