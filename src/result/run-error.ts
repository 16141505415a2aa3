import type { RunError } from './run-result.js';

/** Makes a frozen `RunError`; its `toString` is not enumerable, so that it prints and serialises as plain data. */
export function createRunError(fields: Omit<RunError, 'toString'>): RunError {
  const { type, message, traceback, line, column, excerpt, suggestion } = fields;
  const error = { type, message, traceback, line, column, excerpt, suggestion };
  Object.defineProperty(error, 'toString', { value: () => (message === '' ? type : `${type}: ${message}`) });
  return Object.freeze(error);
}
