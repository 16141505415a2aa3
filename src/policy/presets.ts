import { deepFreeze } from './deep-freeze.js';
import type { RunnerPolicy } from './schema.js';

/**
 * Modules that compute and reach nothing outside the process. `os.path` is not among them: importing it binds `os`.
 */
const SAFE_MODULES = [
  ...[
    '__future__',
    'abc',
    'array',
    'ast',
    'base64',
    'binascii',
    'bisect',
    'calendar',
    'cmath',
    'collections',
  ],
  ...[
    'colorsys',
    'contextlib',
    'copy',
    'csv',
    'dataclasses',
    'datetime',
    'decimal',
    'difflib',
    'enum',
    'fnmatch',
  ],
  ...['fractions', 'functools', 'graphlib', 'hashlib', 'heapq', 'hmac', 'html', 'inspect', 'io', 'ipaddress'],
  ...[
    'itertools',
    'json',
    'keyword',
    'math',
    'numbers',
    'operator',
    'pathlib',
    'pickle',
    'pprint',
    'random',
    're',
  ],
  ...[
    'secrets',
    'shlex',
    'statistics',
    'string',
    'struct',
    'textwrap',
    'time',
    'traceback',
    'types',
    'typing',
  ],
  ...['unicodedata', 'urllib.parse', 'uuid', 'warnings', 'xml.etree.ElementTree', 'zlib', 'zoneinfo'],
];

/**
 * Ready-made policies to spread into one's own: `{ ...presets.agent, timeoutSeconds: 30 }`.
 * None of them changes the isolation: the kernel layers are the same in all.
 */
export const presets: { readonly agent: RunnerPolicy; readonly strict: RunnerPolicy } = deepFreeze({
  /** For code of a language model: every import is open, since the kernel holds. */
  agent: { blockedImports: [] },
  /** For formulas and data shaping: only modules of the standard library that compute. */
  strict: { allowedImports: SAFE_MODULES },
});
