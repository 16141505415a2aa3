import { expect, test } from 'vitest';
import { checkCallbacks } from '../../src/job/check-callbacks.js';

test('what is absent is null', () => {
  expect(checkCallbacks(undefined)).toEqual({
    signal: null,
    onStdout: null,
    onStderr: null,
    onDisplay: null,
    onEvent: null,
    onUsage: null,
    functions: null,
  });
});

test('a signal is handed through, a listener is called with text and no receiver', () => {
  const { signal } = new AbortController();
  const seen: unknown[] = [];
  const callbacks = checkCallbacks({
    signal,
    onStdout(this: unknown, text: string) {
      seen.push(this, text);
    },
  });
  callbacks.onStdout?.('text');
  expect(callbacks.signal).toBe(signal);
  expect(callbacks.onStderr).toBeNull();
  expect(seen).toEqual([undefined, 'text']);
});
