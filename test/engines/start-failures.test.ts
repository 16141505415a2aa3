import { expect, test } from 'vitest';
import { startDied, startTooLate } from '../../src/engines/start-failures.js';
import { PungiError } from '../../src/errors/pungi-error.js';

test('a supervisor that is too late', () => {
  expect(startTooLate(30_000)).toEqual(new PungiError('START_FAILED', 'No worker was ready after 30 s.'));
});

test.each([
  [
    'an exit code and no words',
    { exitCode: 70, signal: null, stderr: '', fault: null },
    'The supervisor ended before a worker was ready (exit code 70).',
  ],
  [
    'a signal',
    { exitCode: null, signal: 'SIGKILL', stderr: '', fault: null },
    'The supervisor ended before a worker was ready (SIGKILL).',
  ],
  [
    'its last three lines',
    { exitCode: 1, signal: null, stderr: 'a\nb\nc\nd', fault: null },
    'The supervisor ended before a worker was ready (exit code 1). It wrote: b | c | d',
  ],
  [
    'a frame that Node refused',
    { exitCode: null, signal: 'SIGKILL', stderr: '', fault: 'frame of kind 99' },
    'The supervisor ended before a worker was ready (SIGKILL). Node refused what it sent: frame of kind 99.',
  ],
])('a supervisor that died with %s', (_name, exit, message) => {
  const error = startDied(exit);
  expect(error).toBeInstanceOf(PungiError);
  expect({ code: error.code, message: error.message, details: error.details }).toEqual({
    code: 'START_FAILED',
    message,
    details: { exitCode: exit.exitCode, signal: exit.signal, stderr: exit.stderr },
  });
});
