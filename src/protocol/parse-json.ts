import { Buffer, isUtf8 } from 'node:buffer';
import { checkNesting } from './json-guard.js';

export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
}

export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

/** JSON of bytes from a hostile writer: size, nesting and UTF-8 are checked before it is parsed; never throws. */
export function parseJson(bytes: Uint8Array, limits: JsonLimits): ParsedJson {
  if (bytes.length > limits.maxBytes) {
    return { ok: false, reason: `${bytes.length} bytes of JSON: the most is ${limits.maxBytes}` };
  }
  if (!checkNesting(bytes, limits.maxDepth)) {
    return { ok: false, reason: `JSON nested deeper than ${limits.maxDepth} levels` };
  }
  if (!isUtf8(bytes)) return { ok: false, reason: 'JSON that is not UTF-8' };
  try {
    return { ok: true, value: JSON.parse(textOf(bytes)) };
  } catch {
    return { ok: false, reason: 'malformed JSON' };
  }
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}
