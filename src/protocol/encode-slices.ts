import { Buffer } from 'node:buffer';
import { types } from 'node:util';
import { encodeInput } from './encode-input.js';
import { refuseInput } from './input-refusal.js';
import { MAX_VALUE_DEPTH, WIRE_TAG } from './wire-limits.js';

/** What is encoded in one go: well under a millisecond. */
const SLICE_NODES = 2000;
const SLICE_CHARACTERS = 64 * 1024;
/** Base64 of a multiple of three bytes needs no padding. */
const SLICE_BYTES = 48 * 1024;

/**
 * The wire text that `encodeInput` gives, in pieces that are each made in well under a millisecond, so that the caller
 * can let others go first between them. Throws `PungiError` for what cannot travel, perhaps after some pieces.
 */
export function encodeSlices(value: unknown, name: string): Generator<string> {
  return slicesOf(value, { name, depth: 0, ancestors: new Set() });
}

/** Whether a value is small enough to be encoded in one go. */
export function isLight(value: unknown): boolean {
  return weigh(value, SLICE_NODES, MAX_VALUE_DEPTH) >= 0;
}

interface Place {
  readonly name: string;
  readonly depth: number;
  readonly ancestors: Set<object>;
}

function* slicesOf(value: unknown, place: Place): Generator<string> {
  if (weigh(value, SLICE_NODES, MAX_VALUE_DEPTH - place.depth) >= 0) {
    yield encodeInput(value, { name: place.name });
  } else if (typeof value === 'string') {
    yield* textSlices(value);
  } else if (types.isUint8Array(value)) {
    yield* byteSlices(value);
  } else if (Array.isArray(value) && canEnter(value, place)) {
    yield* within(value, place, arraySlices(value, place));
  } else if (isDivisible(value) && canEnter(value, place)) {
    yield* within(value, place, recordSlices(value, place));
  } else if (place.depth >= MAX_VALUE_DEPTH) {
    const at = { name: place.name, code: 'INVALID_INPUT', path: [] } as const;
    refuseInput(at, `nested deeper than ${MAX_VALUE_DEPTH} levels`, 'Flatten the data.');
  } else {
    // Also a cycle, which is refused.
    yield encodeInput(value, { name: place.name });
  }
}

function* within(value: object, { ancestors }: Place, slices: Generator<string>): Generator<string> {
  ancestors.add(value);
  yield* slices;
  ancestors.delete(value);
}

function canEnter(value: object, { ancestors, depth }: Place): boolean {
  return depth < MAX_VALUE_DEPTH && !ancestors.has(value);
}

function* arraySlices(items: readonly unknown[], place: Place): Generator<string> {
  let separator = '[';
  for (let start = 0; start < items.length; ) {
    const light = lightRun(items, start, MAX_VALUE_DEPTH - place.depth - 1);
    if (light > 0) {
      yield separator + lightText(items, start, start + light, place.name);
    } else {
      yield separator;
      yield* slicesOf(items[start], inner(place, `[${start}]`));
    }
    separator = ',';
    start += Math.max(1, light);
  }
  yield items.length === 0 ? '[]' : ']';
}

function lightText(items: readonly unknown[], start: number, end: number, name: string): string {
  try {
    // The array around them is ours, and is taken off again.
    return encodeInput(items.slice(start, end), { name }).slice(1, -1);
  } catch (error) {
    // One by one, so that the one that cannot travel is told by its own place.
    for (let index = start; index < end; index += 1) encodeInput(items[index], { name: `${name}[${index}]` });
    throw error;
  }
}

/** How many items from `start` on are small enough together. */
function lightRun(items: readonly unknown[], start: number, depth: number): number {
  let left = SLICE_NODES;
  let count = 0;
  while (start + count < items.length) {
    left = weigh(items[start + count], left, depth);
    if (left < 0) break;
    count += 1;
  }
  return count;
}

function* recordSlices(record: object, place: Place): Generator<string> {
  let separator = '{';
  for (const [key, item] of Object.entries(record)) {
    if (item === undefined) continue;
    yield `${separator}${JSON.stringify(key)}:`;
    yield* slicesOf(item, inner(place, `.${key.slice(0, 60)}`));
    separator = ',';
  }
  yield separator === '{' ? '{}' : '}';
}

function inner({ name, depth, ancestors }: Place, step: string): Place {
  return { name: name.length > 300 ? name : name + step, depth: depth + 1, ancestors };
}

/** A pair of surrogates that is cut in two becomes two escapes, which Python reads as the one character. */
function* textSlices(text: string): Generator<string> {
  yield '"';
  for (let start = 0; start < text.length; start += SLICE_CHARACTERS) {
    yield JSON.stringify(text.slice(start, start + SLICE_CHARACTERS)).slice(1, -1);
  }
  yield '"';
}

function* byteSlices(bytes: Uint8Array): Generator<string> {
  yield `{"${WIRE_TAG}":"bytes","value":"`;
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    const size = Math.min(SLICE_BYTES, bytes.length - start);
    yield Buffer.from(bytes.buffer, bytes.byteOffset + start, size).toString('base64');
  }
  yield '"}';
}

/** Plain objects, but for those that travel as pairs. */
function isDivisible(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isPlain && !Object.hasOwn(value, WIRE_TAG);
}

/** What is left of the budget after the value; negative when it is too heavy, too deep or of an unknown size. */
function weigh(value: unknown, budget: number, depth: number): number {
  if (typeof value === 'string')
    return budget - 1 - Math.ceil(value.length / (SLICE_CHARACTERS / SLICE_NODES));
  if (typeof value !== 'object' || value === null) return budget - 1;
  if (depth <= 0) return -1;
  if (ArrayBuffer.isView(value))
    return budget - 1 - Math.ceil(value.byteLength / (SLICE_BYTES / SLICE_NODES));
  let left = budget - 1;
  for (const item of membersOf(value, budget)) {
    left = weigh(item, left, depth - 1);
    if (left < 0) return -1;
  }
  return left;
}

function* membersOf(value: object, budget: number): Generator<unknown> {
  if (Array.isArray(value)) {
    yield* value;
  } else if (types.isMap(value)) {
    yield* value.keys();
    yield* value.values();
  } else if (types.isSet(value)) {
    yield* value;
  } else {
    const keys = Object.keys(value);
    // Their text counts, too.
    yield keys.length > budget ? 'x'.repeat(SLICE_CHARACTERS * 2) : keys.join('');
    for (const key of keys) yield Reflect.get(value, key);
  }
}
