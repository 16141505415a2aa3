import { Buffer } from 'node:buffer';
import { MAX_VALUE_DEPTH, WIRE_TAG } from './wire-limits.js';

/** What a worker sent as a value is none. Its run ends as `crashed`. */
export class WireValueError extends Error {
  override readonly name = 'WireValueError';
}

/**
 * The JavaScript value of a parsed wire value, by the table in docs/values.md; throws `WireValueError`.
 * Takes ownership: untagged arrays and objects are filled in place and given back.
 */
export function decodeValue(wire: unknown): unknown {
  return decode(wire, 0);
}

function decode(wire: unknown, depth: number): unknown {
  if (typeof wire !== 'object' || wire === null) return wire;
  if (Array.isArray(wire)) {
    refuseTooDeep(depth);
    for (let index = 0; index < wire.length; index += 1) {
      const item: unknown = wire[index];
      if (typeof item === 'object' && item !== null) wire[index] = decode(item, depth + 1);
    }
    return wire;
  }
  if (Object.hasOwn(wire, WIRE_TAG)) return decodeTagged(wire, depth);
  refuseTooDeep(depth);
  for (const [key, item] of Object.entries(wire)) {
    if (typeof item === 'object' && item !== null) setOwn(wire, key, decode(item, depth + 1));
  }
  return wire;
}

/** Levels are those of lists and dicts: a tagged number or text adds none, as a plain one does not. */
function refuseTooDeep(depth: number): void {
  if (depth >= MAX_VALUE_DEPTH) throw new WireValueError(`nested deeper than ${MAX_VALUE_DEPTH} levels`);
}

/** Defined, not assigned: the key `__proto__` is data like any other. */
function setOwn(target: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    Reflect.set(target, key, value);
  }
}

function decodeTagged(wire: object, depth: number): unknown {
  const tag: unknown = Reflect.get(wire, WIRE_TAG);
  const value: unknown = Object.hasOwn(wire, 'value') ? Reflect.get(wire, 'value') : undefined;
  if (Object.keys(wire).length !== 2)
    throw new WireValueError('a tagged value with other keys than its tag and value');
  if (tag === 'dict') return decodePairs(value, depth);
  if (typeof value === 'string') {
    if (tag === 'int') return decodeInt(value);
    if (tag === 'float') return decodeFloat(value);
    if (tag === 'bytes') return decodeBytes(value);
    if (tag === 'datetime') return decodeDate(value);
  }
  throw new WireValueError(`no value of tag ${JSON.stringify(tag)?.slice(0, 100)}`);
}

function decodePairs(pairs: unknown, depth: number): object {
  refuseTooDeep(depth);
  if (!Array.isArray(pairs)) throw new WireValueError('a dict without a list of pairs');
  const target = {};
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string') {
      throw new WireValueError('a dict with a member that is no pair of a text and a value');
    }
    setOwn(target, pair[0], decode(pair[1], depth + 1));
  }
  return target;
}

function decodeInt(text: string): bigint {
  const match = /^(-?)([0-9]{1,2000}|0x[0-9a-f]+)$/.exec(text);
  if (match?.[2] === undefined) throw new WireValueError('an int that is no number');
  const size = BigInt(match[2]);
  return match[1] === '-' ? -size : size;
}

function decodeFloat(text: string): number {
  switch (text) {
    case 'nan':
      return Number.NaN;
    case 'inf':
      return Number.POSITIVE_INFINITY;
    case '-inf':
      return Number.NEGATIVE_INFINITY;
    case '-0':
      return -0;
    default:
      throw new WireValueError('a float that is no special number');
  }
}

function decodeBytes(text: string): Uint8Array {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw new WireValueError('bytes that are not base64');
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function decodeDate(text: string): Date {
  const date = new Date(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/.test(text) ? text : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new WireValueError('a datetime that is no date');
  return date;
}
