import { readPlainObject } from '../policy/plain-object.js';
import { showValue } from '../policy/show-value.js';
import { type Approval, type CallContext, HostFunction, type PendingCall } from './host-function.js';
import { invalidFunction } from './invalid-function.js';
import type { JsonSchema } from './json-schema.js';
import { DEFAULT_LIMITS, readLimits } from './limits.js';
import { pythonType } from './python-type.js';
import { readParameters } from './read-parameters.js';
import { readSchema } from './read-schema.js';
import type { StandardSchema } from './standard-schema.js';

export interface FunctionDefinition<Input extends StandardSchema | JsonSchema | undefined> {
  /** The docstring: what the function does, for whoever writes the program. */
  readonly description?: string | undefined;
  /** Of the arguments as one object: a zod or other Standard Schema, or a JSON Schema. Without it the function takes none. */
  readonly input?: Input;
  /** Of what `execute` gives. */
  readonly output?: StandardSchema | JsonSchema | undefined;
  readonly execute: (input: InputOf<Input>, context: CallContext) => unknown;
  /** Asked before each call: holds it as long as it takes, then allows, denies or changes it. */
  readonly approve?: ((call: PendingCall) => Approval | Promise<Approval>) | undefined;
  /** Most calls in one run [1000]. */
  readonly maxCalls?: number | undefined;
  /** How long `execute` may take [30]. */
  readonly timeoutSeconds?: number | undefined;
  /** Most kilobytes of the arguments of one call, encoded [1024]. */
  readonly maxArgumentKb?: number | undefined;
  /** Most kilobytes of one answer, encoded [65536]. */
  readonly maxAnswerKb?: number | undefined;
}

export type InputOf<Input> =
  Input extends StandardSchema<never, infer Output>
    ? Output
    : Input extends StandardSchema<unknown, infer Output>
      ? Output
      : Readonly<Record<string, unknown>>;

const KEYS = [
  'description',
  'input',
  'output',
  'execute',
  'approve',
  'maxCalls',
  'timeoutSeconds',
  'maxArgumentKb',
  'maxAnswerKb',
] as const satisfies readonly (keyof FunctionDefinition<undefined>)[];

/** An object schema without members: a function that takes nothing. */
const NOTHING: JsonSchema = { type: 'object', properties: {}, additionalProperties: false };

/**
 * A function of the host that code can call, with signature, docstring and checks made from its schema.
 *
 * @example
 * const add = defineFunction({ input: z.object({ a: z.number(), b: z.number() }), execute: ({ a, b }) => a + b });
 * const { result } = await runCode('add(1, b=2)', {}, {}, { functions: { add } }); // 3
 */
export function defineFunction<Input extends StandardSchema | JsonSchema | undefined = undefined>(
  definition: FunctionDefinition<Input>,
): HostFunction {
  const given = readDefinition(definition);
  const { execute, approve, description = '' } = given;
  if (typeof execute !== 'function') throw bad('execute', execute, 'a function');
  if (approve !== undefined && typeof approve !== 'function') throw bad('approve', approve, 'a function');
  if (typeof description !== 'string') throw bad('description', description, 'text');
  const input = readSchema(given['input'] ?? NOTHING, '`input` of a function');
  requireObject(input.json);
  const output = given['output'] === undefined ? null : readSchema(given['output'], '`output` of a function');
  return new HostFunction({
    description: description.trim(),
    parameters: readParameters(input.json),
    schema: input.json,
    returns: output === null ? 'Any' : pythonType(output.json, output.json),
    checkInput: input.check,
    checkOutput: output?.check ?? null,
    invoke: (value, context) => Reflect.apply(execute, undefined, [value, context]),
    approve: approve === undefined ? null : (call) => Reflect.apply(approve, undefined, [call]),
    limits: readLimits(given, DEFAULT_LIMITS),
  });
}

function readDefinition(definition: unknown): Partial<Record<(typeof KEYS)[number], unknown>> {
  const read = readPlainObject(definition);
  if (!read.ok) {
    throw invalidFunction('The definition of a function', `is ${read.reason}`, 'Pass { input, execute }.');
  }
  const known: readonly string[] = KEYS;
  for (const key of read.entries.keys()) {
    if (!known.includes(key)) {
      throw invalidFunction(`\`${key}\` of a function`, 'is not known', `Use: ${KEYS.join(', ')}.`);
    }
  }
  return Object.fromEntries([...read.entries].filter(([, value]) => value !== undefined));
}

function requireObject(json: JsonSchema): void {
  const kind = json['type'];
  if (kind === 'object' || (kind === undefined && !Object.hasOwn(json, 'enum'))) return;
  throw invalidFunction(
    '`input` of a function',
    `is a schema of ${showValue(kind)}`,
    'Describe the arguments as one object: { query, limit }.',
  );
}

function bad(name: string, value: unknown, allowed: string): Error {
  return invalidFunction(
    `\`${name}\` of a function`,
    `is ${showValue(value)}; allowed: ${allowed}`,
    `Set it to ${allowed}.`,
  );
}
