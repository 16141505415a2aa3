import type { ErrorCode } from '../errors/catalogue.js';
import { PungiError } from '../errors/pungi-error.js';

/** An index, the key of an object, or the key of a Map; shown only when something is refused. */
export type PathStep = number | string | { readonly mapKey: unknown };

/** Where a walk over the caller's data stands, and how it refuses. */
export interface InputPlace {
  readonly name: string;
  readonly code: ErrorCode;
  readonly path: readonly PathStep[];
}

/** Throws with the path of the part that cannot travel: `inputData.rows[2].cb`. */
export function refuseInput(place: InputPlace, what: string, hint: string): never {
  const path = place.name + shownPath(place.path);
  throw new PungiError(place.code, `${path}: ${what}`, { details: { path }, hint });
}

function shownPath(path: readonly PathStep[]): string {
  const steps = path.length <= 12 ? [path] : [path.slice(0, 6), path.slice(-3)];
  return steps.map((part) => part.map(shownStep).join('')).join('(...)');
}

function shownStep(step: PathStep): string {
  if (typeof step === 'number') return `[${step}]`;
  if (typeof step === 'object') return `.get(${showKey(step.mapKey)})`;
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]{0,59}$/u.test(step) ? `.${step}` : `[${showKey(step)}]`;
}

function showKey(key: unknown): string {
  if (typeof key === 'string') return JSON.stringify(key.length <= 60 ? key : `${key.slice(0, 57)}...`);
  if (typeof key === 'bigint') return `${key}n`.slice(0, 60);
  if (typeof key === 'symbol') return 'a symbol';
  return typeof key === 'object' && key !== null ? describeObject(key) : String(key).slice(0, 60);
}

/** `an instance of Foo`. Reads the prototype's constructor, never a property of the object itself. */
export function describeObject(value: object): string {
  const maker: unknown = Object.getPrototypeOf(value)?.constructor;
  if (Array.isArray(value)) return 'an array';
  if (typeof maker !== 'function' || maker.name === 'Object') return 'an object';
  return `an instance of ${maker.name || 'a class without a name'}`;
}
