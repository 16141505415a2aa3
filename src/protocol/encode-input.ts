import { Buffer } from 'node:buffer';
import { types } from 'node:util';
import type { ErrorCode } from '../errors/catalogue.js';
import { describeObject, type InputPlace, type PathStep, refuseInput } from './input-refusal.js';
import { MAX_VALUE_DEPTH, WIRE_TAG } from './wire-limits.js';

export interface EncodeInputOptions {
  /** What paths in messages start with; `inputData` by default. */
  readonly name?: string;
  /** The error to throw; `INVALID_INPUT` by default. */
  readonly code?: Extract<ErrorCode, 'INVALID_INPUT' | 'INVALID_POLICY'>;
}

/**
 * Wire text of a JavaScript value on its way into Python, by the table in docs/values.md.
 * Throws `PungiError` with the path of what cannot travel.
 */
export function encodeInput(value: unknown, options: EncodeInputOptions = {}): string {
  const walk: Walk = {
    name: options.name ?? 'inputData',
    code: options.code ?? 'INVALID_INPUT',
    path: [],
    ancestors: new Set(),
  };
  // The tree is made of fresh plain data, so that JSON.stringify meets no toJSON and no getter of the caller.
  return JSON.stringify(toWire(walk, value));
}

interface Walk extends InputPlace {
  readonly path: PathStep[];
  readonly ancestors: Set<object>;
}

function toWire(walk: Walk, value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return numberToWire(value);
    case 'bigint':
      return bigintToWire(value);
    case 'undefined':
      return null;
    case 'object':
      return value === null ? null : objectToWire(walk, value);
    default:
      return refuseInput(walk, `a ${typeof value} cannot travel`, 'Leave it out, or pass data in its place.');
  }
}

function numberToWire(value: number): unknown {
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? tagged('float', '-0') : value;
  // A whole number beyond 2^53 - 1 is tagged, since Python would read its digits as an int.
  if (Number.isInteger(value)) return tagged('float', String(value));
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return tagged('float', 'nan');
  return tagged('float', value > 0 ? 'inf' : '-inf');
}

/** Past 1024 digits in hexadecimal: CPython refuses long decimal text, and reads it in quadratic time. */
function bigintToWire(value: bigint): unknown {
  if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) return Number(value);
  const hex = (value < 0n ? -value : value).toString(16);
  return tagged('int', hex.length <= 1024 ? value.toString() : `${value < 0n ? '-' : ''}0x${hex}`);
}

function objectToWire(walk: Walk, value: object): unknown {
  if (types.isDate(value)) return dateToWire(walk, value);
  const bytes = bytesOf(value);
  if (bytes !== null) {
    return tagged('bytes', Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'));
  }
  if (walk.ancestors.has(value)) {
    return refuseInput(
      walk,
      'a cycle: it holds itself',
      'Pass a tree without references back to its ancestors.',
    );
  }
  if (walk.ancestors.size >= MAX_VALUE_DEPTH) {
    return refuseInput(
      walk,
      `nested deeper than ${MAX_VALUE_DEPTH} levels`,
      'Flatten the data, or pass it as a file.',
    );
  }
  walk.ancestors.add(value);
  const wire = containerToWire(walk, value);
  walk.ancestors.delete(value);
  return wire;
}

function containerToWire(walk: Walk, value: object): unknown {
  if (Array.isArray(value)) return listToWire(walk, value);
  if (isNumberArray(value)) return listToWire(walk, Array.from(value));
  if (types.isMap(value)) return mapToWire(walk, value);
  if (types.isSet(value)) return setToWire(walk, value);
  if (isPlainObject(value)) return recordToWire(walk, value);
  return refuseInput(
    walk,
    `${describeObject(value)} cannot travel`,
    'Pass plain data: copy what Python needs into an object literal.',
  );
}

function listToWire(walk: Walk, items: readonly unknown[]): unknown[] {
  const wire: unknown[] = new Array(items.length);
  for (let index = 0; index < items.length; index += 1) {
    wire[index] = memberToWire(walk, index, items[index]);
  }
  return wire;
}

function recordToWire(walk: Walk, record: object): unknown {
  const wire = {};
  const pairs: [string, unknown][] | null = Object.hasOwn(record, WIRE_TAG) ? [] : null;
  for (const [key, item] of Object.entries(record)) {
    if (item === undefined) continue;
    const member = memberToWire(walk, key, item);
    if (pairs !== null) pairs.push([key, member]);
    else if (key === '__proto__') Object.defineProperty(wire, key, { value: member, enumerable: true });
    else Reflect.set(wire, key, member);
  }
  return pairs === null ? wire : tagged('dict', pairs);
}

function mapToWire(walk: Walk, map: ReadonlyMap<unknown, unknown>): unknown {
  const pairs: unknown[] = [];
  for (const [key, item] of map) {
    const step = { mapKey: key };
    pairs.push([hashableToWire(walk, step, key, 'a Map key'), memberToWire(walk, step, item)]);
  }
  return tagged('dict', pairs);
}

function setToWire(walk: Walk, set: ReadonlySet<unknown>): unknown {
  const members: unknown[] = [];
  for (const member of set) members.push(hashableToWire(walk, members.length, member, 'a Set member'));
  return tagged('set', members);
}

/** Python hashes keys of a dict and members of a set, so only what is hashable there may be one. */
function hashableToWire(walk: Walk, step: PathStep, value: unknown, role: string): unknown {
  if (typeof value !== 'object' || value === null || types.isDate(value))
    return memberToWire(walk, step, value);
  walk.path.push(step);
  return refuseInput(
    walk,
    `${describeObject(value)} cannot be ${role}`,
    'Use text, numbers, booleans, bigints, null or dates there.',
  );
}

function dateToWire(walk: Walk, date: Date): unknown {
  const time = date.getTime();
  if (Number.isNaN(time))
    return refuseInput(walk, 'an invalid Date cannot travel', 'Pass a valid Date, or null.');
  const text = new Date(time).toISOString();
  if (!/^\d{4}-/.test(text) || text.startsWith('0000')) {
    return refuseInput(
      walk,
      `the Date ${text} cannot travel: Python knows the years 1 to 9999`,
      'Pass it as text or as a number.',
    );
  }
  return tagged('datetime', text.replace('Z', '+00:00'));
}

export interface Bytes {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** Where the bytes of a value are that travels as bytes. */
export function bytesOf(value: object): Bytes | null {
  if (types.isUint8Array(value) || types.isDataView(value)) return value;
  if (types.isAnyArrayBuffer(value)) {
    return { buffer: value, byteOffset: 0, byteLength: value.byteLength };
  }
  return null;
}

function isNumberArray(value: object): value is ArrayBufferView & Iterable<unknown> {
  return ArrayBuffer.isView(value) && Symbol.iterator in value;
}

/** Of any realm: a prototype without a prototype of its own is an `Object.prototype`. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function tagged(tag: string, value: unknown): object {
  return { [WIRE_TAG]: tag, value };
}

function memberToWire(walk: Walk, step: PathStep, value: unknown): unknown {
  walk.path.push(step);
  const wire = toWire(walk, value);
  walk.path.pop();
  return wire;
}
