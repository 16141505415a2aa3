import { PungiError } from '../errors/pungi-error.js';

/** The error for an argument that cannot be used: what it is, the value seen, the next thing to type. */
export function invalidInput(message: string, hint: string, argument: string, cause?: unknown): PungiError {
  return new PungiError('INVALID_INPUT', message, { hint, details: { argument }, cause });
}
