import type { TextCursor } from './text-cursor.js';

const DATE = /\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d[\d:.Zz+-]*)?|\d\d:\d\d(?::[\d.]+)?/y;
const WORD = /[A-Za-z0-9_+.-]+/y;
const DECIMAL = /^[+-]?(?:0|[1-9](?:_?\d)*)$/;
const PREFIXED = /^0(?:x[\da-fA-F](?:_?[\da-fA-F])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)$/;
const FLOAT = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/;
const SPECIAL = /^([+-]?)(inf|nan)$/;
const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;

/** A boolean, an integer or a float. Integers beyond 2^53 come as BigInt; dates are refused, since no policy has any. */
export function readTomlScalar(cursor: TextCursor): boolean | number | bigint {
  const start = cursor.at;
  if (cursor.take(DATE) !== null) {
    throw cursor.fault('dates and times are not read here; write the date as a string', start);
  }
  const word = cursor.take(WORD);
  if (word === null) throw cursor.expected('a value');
  if (word === 'true' || word === 'false') return word === 'true';
  const digits = word.replaceAll('_', '');
  if (DECIMAL.test(word) || PREFIXED.test(word)) return integer(cursor, digits, start);
  if (FLOAT.test(word)) return Number(digits);
  const special = SPECIAL.exec(word);
  if (special === null) {
    throw cursor.fault(`${JSON.stringify(word)} is no value; text stands in quotes`, start);
  }
  if (special[2] === 'nan') return Number.NaN;
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function integer(cursor: TextCursor, digits: string, start: number): number | bigint {
  const exact = digits.startsWith('+') ? BigInt(digits.slice(1)) : BigInt(digits);
  if (exact < SMALLEST || exact > LARGEST) throw cursor.fault('an integer of more than 64 bits', start);
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact;
}
