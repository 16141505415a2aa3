import { PungiError } from '../errors/pungi-error.js';
import { showValue } from '../policy/show-value.js';

/** The error for an argument that cannot be used: what it is, the value seen, the next thing to type. */
export function invalidInput(message: string, hint: string, argument: string, cause?: unknown): PungiError {
  return new PungiError('INVALID_INPUT', message, { hint, details: { argument }, cause });
}

/** The same for the value of a setting, by its full name: `warm.size`. */
export function badSetting(name: string, value: unknown, allowed: string): PungiError {
  const message = `\`${name}\` is ${showValue(value)}; allowed: ${allowed}.`;
  return invalidInput(message, `Set \`${name}\` to: ${allowed}.`, name);
}
