import type { PungiError } from '../errors/pungi-error.js';
import { nearest } from '../policy/nearest.js';
import { readPlainObject } from '../policy/plain-object.js';
import { invalidInput } from './invalid-input.js';

/** Own keys of a plain object of settings, each read once; an unknown one is told with the nearest known. */
export function readNamed(
  what: string,
  given: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  const read = readPlainObject(given === undefined ? {} : given);
  if (!read.ok) {
    const message = `\`${what}\` is ${read.reason}; allowed: a plain object.`;
    throw invalidInput(message, `Pass a plain object with some of: ${known.join(', ')}.`, what, read.cause);
  }
  for (const name of read.entries.keys()) {
    if (!known.includes(name)) throw unknownName(what, name, known);
  }
  return Object.fromEntries([...read.entries].filter(([, value]) => value !== undefined));
}

function unknownName(what: string, name: string, known: readonly string[]): PungiError {
  const meant = nearest(name, known);
  const unknown = `Unknown key \`${name}\` of \`${what}\`.`;
  return meant === null
    ? invalidInput(unknown, `Use one of the known keys: ${known.join(', ')}.`, what)
    : invalidInput(`${unknown} Did you mean \`${meant}\`?`, `Write \`${meant}\` instead.`, what);
}
