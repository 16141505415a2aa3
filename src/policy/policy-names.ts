import { isPolicyKey, type PolicyKey } from './schema.js';

/** `timeoutSeconds` as part of a variable: `TIMEOUT_SECONDS`. */
export function variableWords(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** `timeoutSeconds` as part of an option: `timeout-seconds`. */
export function optionWords(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The key at the root of a place: `env` of `env.PATH`; `null` when there is none. */
export function rootKey(place: string): PolicyKey | null {
  const name = /^\w+/.exec(place)?.[0] ?? '';
  return isPolicyKey(name) ? name : null;
}
