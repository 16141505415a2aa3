import { Buffer } from 'node:buffer';
import { types } from 'node:util';
import { type Bytes, bytesOf, encodeInput } from './encode-input.js';
import { refuseInput } from './input-refusal.js';
import { MAX_VALUE_DEPTH, WIRE_TAG } from './wire-limits.js';

/** What is encoded in one go: well under a millisecond. */
const SLICE_NODES = 2000;
const SLICE_CHARACTERS = 64 * 1024;
/** Base64 of a multiple of three bytes needs no padding. */
const SLICE_BYTES = 48 * 1024;
const PAIRS_HEAD = `{"${WIRE_TAG}":"dict","value":[`;
const MEMBERS_HEAD = `{"${WIRE_TAG}":"set","value":[`;
const LIST_TAIL = ']}';

/**
 * The wire text that `encodeInput` gives, in pieces that are each made in well under a millisecond, so that the caller
 * can let others go first between them. Throws `PungiError` for what cannot travel, perhaps after some pieces.
 */
export function encodeSlices(value: unknown, name: string): Generator<string> {
  return heavySlices(value, { name, depth: 0, ancestors: new Set() });
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
  if (weigh(value, SLICE_NODES, MAX_VALUE_DEPTH - place.depth) < 0) yield* heavySlices(value, place);
  else yield encodeInput(value, { name: place.name });
}

/** Of a value that is not weighed again: to list the keys of a wide object takes its time. */
function* heavySlices(value: unknown, place: Place): Generator<string> {
  const isObject = typeof value === 'object' && value !== null;
  const bytes = isObject ? bytesOf(value) : null;
  if (typeof value === 'string') {
    yield* textSlices(value);
  } else if (bytes !== null) {
    yield* byteSlices(bytes);
  } else if (isObject && isDivisible(value) && canEnter(value, place)) {
    yield* within(value, place, memberSlices(value, place));
  } else if (place.depth >= MAX_VALUE_DEPTH) {
    const at = { name: place.name, code: 'INVALID_INPUT', path: [] } as const;
    refuseInput(at, `nested deeper than ${MAX_VALUE_DEPTH} levels`, 'Flatten the data.');
  } else {
    // Also a cycle, which is refused.
    yield encodeInput(value, { name: place.name });
  }
}

function memberSlices(value: object, place: Place): Generator<string> {
  if (Array.isArray(value)) return arraySlices(value, place);
  if (types.isTypedArray(value)) return numberSlices(value, place);
  if (types.isMap(value)) return mapSlices(value, place);
  if (types.isSet(value)) return setSlices(value, place);
  return recordSlices(value, place);
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

/** Typed arrays travel as lists. */
function* numberSlices(numbers: NodeJS.TypedArray, { name }: Place): Generator<string> {
  for (let start = 0; start < numbers.length; start += SLICE_NODES) {
    const text = encodeInput(numbers.slice(start, start + SLICE_NODES), { name });
    yield (start === 0 ? '[' : ',') + text.slice(1, -1);
  }
  yield numbers.length === 0 ? '[]' : ']';
}

function* recordSlices(record: object, place: Place): Generator<string> {
  let separator = '{';
  for (const { members, isHeavy } of batches(entriesOf(record), place)) {
    const [[key, item]] = members;
    const text = isHeavy
      ? `${JSON.stringify(key)}:`
      : encodeInput(Object.fromEntries(members), { name: place.name }).slice(1, -1);
    // What is undefined is left out.
    if (text === '') continue;
    yield separator + text;
    if (isHeavy) yield* slicesOf(item, inner(place, `.${key.slice(0, 60)}`));
    separator = ',';
  }
  yield separator === '{' ? '{}' : '}';
}

/** Not `Object.entries`, which of a wide object takes several times as long as its keys. */
function* entriesOf(record: object): Generator<[string, unknown]> {
  for (const key of Object.keys(record)) yield [key, Reflect.get(record, key)];
}

function* mapSlices(map: ReadonlyMap<unknown, unknown>, place: Place): Generator<string> {
  let separator = PAIRS_HEAD;
  for (const { members, isHeavy } of batches(map, place)) {
    const [[key, item]] = members;
    const light = isHeavy ? [[key, null] as const] : members;
    const text = encodeInput(new Map(light), { name: place.name }).slice(
      PAIRS_HEAD.length,
      -LIST_TAIL.length,
    );
    if (isHeavy) {
      yield separator + text.slice(0, -'null]'.length);
      yield* slicesOf(item, inner(place, `.get(${JSON.stringify(String(key).slice(0, 60))})`));
      yield ']';
    } else {
      yield separator + text;
    }
    separator = ',';
  }
  yield map.size === 0 ? PAIRS_HEAD + LIST_TAIL : LIST_TAIL;
}

function* setSlices(set: ReadonlySet<unknown>, place: Place): Generator<string> {
  let separator = MEMBERS_HEAD;
  const keyed = (function* (): Generator<[unknown, null]> {
    for (const member of set) yield [member, null];
  })();
  for (const { members } of batches(keyed, place)) {
    const text = encodeInput(new Set(members.map(([member]) => member)), { name: place.name });
    yield separator + text.slice(MEMBERS_HEAD.length, -LIST_TAIL.length);
    separator = ',';
  }
  yield set.size === 0 ? MEMBERS_HEAD + LIST_TAIL : LIST_TAIL;
}

type Pair<Key> = readonly [Key, unknown];

interface Batch<Key> {
  readonly members: readonly [Pair<Key>, ...Pair<Key>[]];
  /** Too heavy to be encoded in one go, and alone. */
  readonly isHeavy: boolean;
}

/** Members that are small enough together. */
function* batches<Key>(members: Iterable<Pair<Key>>, { depth }: Place): Generator<Batch<Key>> {
  const weighPair = ([key, item]: Pair<Key>, budget: number): number =>
    weigh(item, weigh(key, budget, 1), MAX_VALUE_DEPTH - depth - 1);
  let light: Pair<Key>[] = [];
  let left = SLICE_NODES;
  const flush = function* (): Generator<Batch<Key>> {
    const [first, ...others] = light;
    if (first !== undefined) yield { members: [first, ...others], isHeavy: false };
    light = [];
    left = SLICE_NODES;
  };
  for (const member of members) {
    if (weighPair(member, left) < 0) yield* flush();
    const after = weighPair(member, left);
    if (after < 0) {
      yield { members: [member], isHeavy: true };
    } else {
      light.push(member);
      left = after;
    }
  }
  yield* flush();
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

function* byteSlices(bytes: Bytes): Generator<string> {
  yield `{"${WIRE_TAG}":"bytes","value":"`;
  for (let start = 0; start < bytes.byteLength; start += SLICE_BYTES) {
    const size = Math.min(SLICE_BYTES, bytes.byteLength - start);
    yield Buffer.from(bytes.buffer, bytes.byteOffset + start, size).toString('base64');
  }
  yield '"}';
}

/** All but plain objects that travel as pairs, and what does not travel. */
function isDivisible(value: object): boolean {
  if (Array.isArray(value) || types.isTypedArray(value) || types.isMap(value) || types.isSet(value))
    return true;
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
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value))
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
