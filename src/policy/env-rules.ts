import { textProblem } from './text-rules.js';

const RESERVED_NAMES = new Set(['PATH', 'HOME']);
const RESERVED_PREFIXES = ['PYTHON', 'LD_'];

/** What an environment of user code may hold, in words. */
export const ENV_ALLOWED =
  'names of ASCII letters, digits and `_` with text values; `PYTHON*`, `LD_*`, `PATH` and `HOME` are set by pungi alone';

/** Why user code may not be given this variable, or `null`. */
export function envNameProblem(name: string): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === '__proto__') {
    return 'a name of ASCII letters, digits and `_` that does not start with a digit';
  }
  if (RESERVED_NAMES.has(name) || RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix))) {
    return 'any name but `PYTHON*`, `LD_*`, `PATH` and `HOME`, which are set by pungi alone';
  }
  return null;
}

/** Why a variable may not have this value, or `null`. */
export function envValueProblem(value: unknown): string | null {
  if (typeof value !== 'string' || textProblem(value) !== null) return 'text without NUL and lone surrogates';
  return null;
}
