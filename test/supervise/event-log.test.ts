import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/result/run-result.js';
import { createEventLog, type EventLog } from '../../src/supervise/event-log.js';
import type { RunEvent } from '../../src/supervise/run-event.js';
import { sampleResult } from './samples.js';

const NEVER = new Promise<never>(() => undefined);
const MOST_UNREAD = 1024 * 1024;

const out = (text: string): RunEvent => ({ type: 'stdout', text });
const end = (result: RunResult = sampleResult()): RunEvent => ({ type: 'run-end', result });

async function readAll(log: EventLog, settled: Promise<unknown> = NEVER): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of log.read(settled)) events.push(event);
  return events;
}

function fill(log: EventLog, events: readonly RunEvent[]): EventLog {
  for (const event of events) log.add(event);
  return log;
}

describe('one who reads afterwards', () => {
  test('gets everything in order, again and again', async () => {
    const events = [out('a'), { type: 'stderr', text: 'b' } as const, out('c'), end()];
    const log = fill(createEventLog(), events);
    expect(await readAll(log)).toEqual(events);
    expect(await readAll(log)).toEqual(events);
  });

  test('gets the newest where nobody read and it became too much', async () => {
    const piece = 'x'.repeat(MOST_UNREAD / 4);
    const events = ['1', '2', '3', '4', '5', '6'].map((name) => out(name + piece.slice(1)));
    const log = fill(createEventLog(), [...events, end()]);
    expect(await readAll(log)).toEqual([...events.slice(2), end()]);
  });

  test('gets the end alone after one piece that is too much by itself', async () => {
    const log = fill(createEventLog(), [out('x'.repeat(MOST_UNREAD + 1)), end()]);
    expect(await readAll(log)).toEqual([end()]);
  });
});

describe('one who reads meanwhile', () => {
  test('is woken for each event', async () => {
    const log = createEventLog();
    const reader = log.read(NEVER);
    const first = reader.next();
    log.add(out('a'));
    expect(await first).toEqual({ done: false, value: out('a') });
    const second = reader.next();
    fill(log, [out('b'), end()]);
    expect(await second).toEqual({ done: false, value: out('b') });
    expect(await reader.next()).toEqual({ done: false, value: end() });
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  test('misses nothing, however much it is', async () => {
    const log = createEventLog();
    const reading = readAll(log);
    const events = Array.from({ length: 8 }, (_, index) => out(String(index).repeat(MOST_UNREAD / 2)));
    fill(log, [...events, end()]);
    expect(await reading).toEqual([...events, end()]);
  });

  test('shares the log with others who read', async () => {
    const log = createEventLog();
    const readings = [readAll(log), readAll(log), readAll(log)];
    for (const text of ['a', 'b']) {
      log.add(out(text));
      await Promise.resolve();
    }
    log.add(end());
    expect(await Promise.all(readings)).toEqual(Array(3).fill([out('a'), out('b'), end()]));
  });

  test('leaves, and what it held back is dropped', async () => {
    const log = createEventLog();
    const events = ['1', '2', '3'].map((name) => out(name.repeat(MOST_UNREAD)));
    const reader = log.read(NEVER);
    const first = reader.next();
    fill(log, events);
    expect(await first).toEqual({ done: false, value: events[0] });
    await reader.return(undefined);
    log.add(end());
    expect(await readAll(log)).toEqual([events[2], end()]);
  });
});

describe('a run that fails', () => {
  test('throws to one who waits, after what had come', async () => {
    const log = fill(createEventLog(), [out('a')]);
    const reader = log.read(Promise.reject(new Error('it could not begin')));
    expect(await reader.next()).toEqual({ done: false, value: out('a') });
    await expect(reader.next()).rejects.toThrow(new Error('it could not begin'));
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });
});
