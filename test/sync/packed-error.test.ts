import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { packError, unpackError } from '../../src/sync/packed-error.js';

function travel(error: unknown): Error {
  return unpackError(structuredClone(packError(error)));
}

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

test('a PungiError arrives as one, with all that it says', () => {
  const cause = thrownBy(() => readFileSync('/no/such/file'));
  const details = { tried: ['/a', { b: 1n }], at: new Map([['k', new Date(0)]]) };
  const sent = new PungiError('PYTHON_NOT_FOUND', 'None was found.', {
    details,
    hint: 'Install one.',
    cause,
  });
  const arrived = travel(sent);
  expect(arrived).toBeInstanceOf(PungiError);
  expect({ ...arrived, message: arrived.message }).toEqual({ ...sent, message: sent.message });
  expect(arrived.cause).toMatchObject({
    name: 'Error',
    message: "ENOENT: no such file or directory, open '/no/such/file'",
    code: 'ENOENT',
    syscall: 'open',
    path: '/no/such/file',
  });
});

test('another error keeps its name, its words and where it came from', () => {
  const sent = new TypeError('no such thing');
  const arrived = travel(sent);
  expect(arrived).not.toBeInstanceOf(PungiError);
  expect([arrived.name, arrived.message, arrived.stack]).toEqual(['TypeError', 'no such thing', sent.stack]);
});

test.each([
  ['text', 'text'],
  [undefined, 'undefined'],
  [7, '7'],
])('what is thrown and is no error, %j, arrives as one', (thrown, message) => {
  expect(travel(thrown).message).toBe(message);
});

test('details that cannot travel are told by their text', () => {
  const details = { listener: Math.abs, good: 1 };
  const arrived = travel(new PungiError('START_FAILED', 'It failed.', { details }));
  expect(arrived).toMatchObject({ details: { listener: 'function abs() { [native code] }', good: 1 } });
});

test('causes without end are cut', () => {
  const error = new Error('turning');
  error.cause = error;
  let depth = 0;
  for (let inner: unknown = travel(error); inner instanceof Error; inner = inner.cause) depth += 1;
  expect(depth).toBe(9);
});
