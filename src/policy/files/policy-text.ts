import { type PolicyKey, policySchema } from '../schema.js';
import { parseJson } from './parse-json.js';

/** How the value of a key is written as one text, outside of JSON and TOML. */
export type TextKind = 'flag' | 'list' | 'record' | 'value';

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
]);
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

export function textKind(key: PolicyKey): TextKind {
  if (accepts(key, true) && !accepts(key, 1)) return 'flag';
  if (accepts(key, [])) return 'list';
  return accepts(key, {}) ? 'record' : 'value';
}

/**
 * The value of a policy key in a variable or an option: `yes`, `256m`, `os, sys`, or JSON where a value has parts. What
 * no reading makes acceptable stays as it is, for the policy to refuse. Throws a `TextFault` for broken JSON.
 */
export function readPolicyText(key: PolicyKey, text: string): unknown {
  switch (textKind(key)) {
    case 'flag':
      return WORDS.get(text.toLowerCase()) ?? text;
    case 'list':
      return readList(key, text);
    case 'record':
      return parseJson(text);
    case 'value':
      return readValue(key, text);
  }
}

function readList(key: PolicyKey, text: string): unknown {
  if (text.startsWith('[')) return parseJson(text);
  // A word in place of a list: `any`, `off`.
  if (accepts(key, text)) return text;
  return text.trim() === '' ? [] : text.split(',').map((entry) => entry.trim());
}

function readValue(key: PolicyKey, text: string): unknown {
  const number = NUMBER.test(text) ? Number(text) : null;
  if (number !== null && accepts(key, number)) return number;
  if (accepts(key, text)) return text;
  const word = WORDS.get(text.toLowerCase());
  if (word !== undefined && accepts(key, word)) return word;
  if (text.startsWith('{')) return parseJson(text);
  if (key === 'isolation' && text.startsWith('exactly:')) return { exactly: text.slice('exactly:'.length) };
  return number ?? text;
}

function accepts(key: PolicyKey, value: unknown): boolean {
  return policySchema.shape[key].safeParse(value).success;
}
