import { readPlainObject } from '../policy/plain-object.js';
import { isPythonName } from '../policy/python-names.js';
import { showValue } from '../policy/show-value.js';
import { type FunctionFacts, HostFunction } from './host-function.js';
import { invalidFunction } from './invalid-function.js';
import { wrapFunction } from './plain-function.js';
import { RESERVED_NAMES } from './reserved-names.js';

/** Functions by the name that code calls them by, dots included. A map, so that `constructor` is a name like any other. */
export type FunctionSet = ReadonlyMap<string, FunctionFacts>;

const MOST_FUNCTIONS = 500;
const DEEPEST = 4;
const LONGEST_NAME = 64;
const ASYNC = '_async';

/** Checks the option `functions`; throws `INVALID_INPUT` for the first that cannot be offered. */
export function collectFunctions(functions: unknown): FunctionSet {
  const set = new Map<string, FunctionFacts>();
  collect(functions, '', set);
  for (const name of set.keys()) {
    if (set.has(`${name}${ASYNC}`)) throw clash(`${name}${ASYNC}`, name);
  }
  return set;
}

/** The functions of a run beside those of its runner; of two with one name the run's own is taken. */
export function mergeFunctions(base: FunctionSet | null, own: FunctionSet | null): FunctionSet | null {
  if (base === null || own === null) return own ?? base;
  const roots = new Set([...own.keys()].map(rootOf));
  return new Map([...[...base].filter(([name]) => !roots.has(rootOf(name))), ...own]);
}

function rootOf(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

function collect(members: unknown, prefix: string, set: Map<string, FunctionFacts>): void {
  const place = prefix === '' ? 'Option `functions`' : `\`functions.${prefix.slice(0, -1)}\``;
  const read = readPlainObject(members);
  if (!read.ok) {
    throw invalidFunction(
      place,
      `is ${read.reason}; allowed: functions by name`,
      'Pass { name: async (argument) => answer }.',
      read.cause,
    );
  }
  for (const [name, member] of read.entries) {
    if (member === undefined) continue;
    requireName(name, prefix);
    if (member instanceof HostFunction) set.set(prefix + name, member.facts);
    else if (isFunction(member)) set.set(prefix + name, wrapFunction(member).facts);
    else if (typeof member === 'object' && member !== null && prefix.split('.').length <= DEEPEST)
      collect(member, `${prefix}${name}.`, set);
    else {
      throw invalidFunction(
        `\`functions.${prefix}${name}\``,
        `is ${showValue(member)}; allowed: a function, defineFunction({...}), or an object of these`,
        'Pass an async function.',
      );
    }
    if (set.size > MOST_FUNCTIONS) {
      throw invalidFunction('Option `functions`', `has more than ${MOST_FUNCTIONS}`, 'Offer fewer.');
    }
  }
}

function isFunction(value: unknown): value is (...args: never[]) => unknown {
  return typeof value === 'function';
}

function requireName(name: string, prefix: string): void {
  const place = `\`functions.${prefix}${name}\``;
  if (!isPythonName(name) || name.startsWith('_') || name.length > LONGEST_NAME) {
    throw invalidFunction(
      place,
      'has no name that Python code can call',
      `Name it by letters, digits and underscores, not a keyword, not a leading underscore, at most ${LONGEST_NAME} characters.`,
    );
  }
  if (prefix === '' && RESERVED_NAMES.has(name)) {
    throw invalidFunction(place, `would hide \`${name}\` of Python`, 'Choose another name.');
  }
}

function clash(twin: string, name: string): Error {
  return invalidFunction(
    `\`functions.${twin}\``,
    `has the name by which \`${name}\` is awaited in Python`,
    'Choose another name.',
  );
}
