import { HostFunction, type Parameter } from './host-function.js';
import type { JsonSchema } from './json-schema.js';
import { DEFAULT_LIMITS } from './limits.js';
import { isParameterName } from './read-parameters.js';

/** Every position, by no name. */
const ANY_POSITIONS: readonly Parameter[] = [parameter('arguments', 'rest')];

/**
 * A function without a schema. Its parameters are read from its own text where that is plain, so that they can be named
 * in Python; where it is not, they have only positions.
 */
export function wrapFunction(execute: (...args: never[]) => unknown): HostFunction {
  const parameters = readSourceParameters(Function.prototype.toString.call(execute)) ?? ANY_POSITIONS;
  return new HostFunction({
    description: '',
    parameters,
    schema: schemaOf(parameters),
    returns: 'Any',
    checkInput: (value) => ({ ok: true, value }),
    checkOutput: null,
    invoke: (input) => Reflect.apply(execute, undefined, positions(parameters, input)),
    approve: null,
    limits: DEFAULT_LIMITS,
  });
}

function parameter(name: string, kind: 'plain' | 'rest', required = false): Parameter {
  return { name, type: 'Any', description: '', kind, required, default: undefined };
}

function schemaOf(parameters: readonly Parameter[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map(({ name, kind }) => [name, kind === 'rest' ? { type: 'array' } : {}]),
    ),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

function positions(parameters: readonly Parameter[], input: unknown): unknown[] {
  if (typeof input !== 'object' || input === null) return [];
  return parameters.flatMap(({ name, kind }) => {
    const value: unknown = Object.hasOwn(input, name) ? Reflect.get(input, name) : undefined;
    if (kind === 'plain') return [value];
    return Array.isArray(value) ? value : [];
  });
}

/** `null` for a text that holds more than names, and defaults without brackets or quotes. */
export function readSourceParameters(source: string): readonly Parameter[] | null {
  if (source.endsWith('{ [native code] }')) return null;
  const text = source.replace(/^async\b\s*/, '');
  const single = /^([\p{ID_Start}_][\p{ID_Continue}]*)\s*=>/u.exec(text)?.[1];
  const list =
    single ?? /^(?:function\b\s*\*?)?\s*[\p{ID_Continue}$]*\s*\(([^()[\]{}'"`/]*)\)/u.exec(text)?.[1];
  if (list === undefined) return null;
  const parts = list.split(',').map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  const parameters = parts.map(readPart);
  const known = parameters.filter((each) => each !== null);
  const names = new Set(known.map(({ name }) => name));
  if (known.length !== parts.length || names.size !== parts.length) return null;
  // Python wants what is required first.
  const firstOptional = known.findIndex(({ required }) => !required);
  return known.map((each, index) => ({ ...each, required: firstOptional === -1 || index < firstOptional }));
}

function readPart(part: string): Parameter | null {
  const [, rest, name, hasDefault] = /^(\.\.\.)?([\p{ID_Continue}$]+)\s*(=.*)?$/su.exec(part) ?? [];
  if (name === undefined || !isParameterName(name)) return null;
  return rest === undefined ? parameter(name, 'plain', hasDefault === undefined) : parameter(name, 'rest');
}
