import type { ErrorCode } from '../errors/catalogue.js';
import { PungiError } from '../errors/pungi-error.js';

/** Where a walk over the caller's data stands, and how it refuses. */
export interface InputPlace {
  readonly name: string;
  readonly code: ErrorCode;
  readonly path: readonly string[];
}

/** Throws with the path of the part that cannot travel: `inputData.rows[2].cb`. */
export function refuseInput(place: InputPlace, what: string, hint: string): never {
  const path = place.name + shownPath(place.path);
  throw new PungiError(place.code, `${path}: ${what}`, { details: { path }, hint });
}

function shownPath(path: readonly string[]): string {
  if (path.length <= 12) return path.join('');
  return `${path.slice(0, 6).join('')}...${path.slice(-3).join('')}`;
}

export function keyStep(key: string): string {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]{0,59}$/u.test(key) ? `.${key}` : `[${showKey(key)}]`;
}

export function showKey(key: unknown): string {
  if (typeof key === 'string') return JSON.stringify(key.length <= 60 ? key : `${key.slice(0, 57)}...`);
  if (typeof key === 'bigint') return `${key}n`.slice(0, 60);
  if (typeof key === 'symbol') return 'a symbol';
  return typeof key === 'object' && key !== null ? describeObject(key) : String(key).slice(0, 60);
}

/** `an instance of Foo`; read without running a getter of the object's own. */
export function describeObject(value: object): string {
  const constructor: unknown = Object.getPrototypeOf(value)?.constructor;
  if (Array.isArray(value)) return 'an array';
  if (typeof constructor !== 'function' || constructor.name === 'Object') return 'an object';
  return `an instance of ${constructor.name || 'a class without a name'}`;
}
