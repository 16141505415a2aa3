import { types } from 'node:util';

export type PlainRead =
  | { readonly ok: true; readonly entries: ReadonlyMap<string, unknown> }
  | { readonly ok: false; readonly reason: string; readonly cause?: unknown };

/**
 * Reads each own enumerable key of a plain object once. What is inherited is never seen, so that a polluted
 * `Object.prototype` cannot widen a policy; `__proto__` is only a key.
 */
export function readPlainObject(value: unknown): PlainRead {
  if (value === null) return refuse('null');
  if (typeof value !== 'object')
    return refuse(typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`);
  if (types.isProxy(value)) return refuse('a proxy');
  if (Array.isArray(value)) return refuse('an array');
  if (!isPlain(value)) return refuse('an instance of a class');
  const symbols = Object.getOwnPropertySymbols(value);
  if (symbols.length > 0) return refuse('an object with symbol keys');
  const entries = new Map<string, unknown>();
  for (const key of Object.keys(value)) {
    try {
      entries.set(key, Reflect.get(value, key));
    } catch (cause) {
      return { ok: false, reason: `an object whose key \`${key}\` throws when read`, cause };
    }
  }
  return { ok: true, entries };
}

// Plain objects of another realm (a vm context) have another Object.prototype; theirs is a root as well.
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return true;
  return (
    typeof prototype === 'object' &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, 'isPrototypeOf')
  );
}

function refuse(reason: string): PlainRead {
  return { ok: false, reason };
}
