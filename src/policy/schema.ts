import { z } from 'zod';
import { ALLOW_ALLOWED, allowSchema } from './allow-rules.js';
import { defaultBlockedImports } from './blocked-imports.js';
import { CLOCK_ALLOWED, clockSchema } from './clock.js';
import { ENV_ALLOWED, envNameProblem, envValueProblem } from './env-rules.js';
import { ISOLATION_LEVELS } from './isolation-level.js';
import { LARGEST_MEMORY_MB, memoryMegabytes, SMALLEST_MEMORY_MB } from './memory-size.js';
import { isGlobalName, isModuleName, isPythonName } from './python-names.js';
import { isSyntaxName } from './syntax-names.js';
import { textProblem } from './text-rules.js';

/** What people read about one policy key: in an error message and in the table of the docs. */
export interface FieldDoc {
  readonly description: string;
  /** The values that are accepted, in words. */
  readonly allowed: string;
  /** The default in words, where its value does not say it. */
  readonly defaultWords?: string;
}

const LONGEST_TIMEOUT_SECONDS = 3600;
const LARGEST_SIZE_MB = 65_536;
const LONGEST_LIST = 1000;

const docs = new WeakMap<z.ZodType, FieldDoc>();

function field<T extends z.ZodType>(schema: T, doc: FieldDoc): T {
  docs.set(schema, doc);
  return schema;
}

function count(min: number, max: number, byDefault: number, description: string): z.ZodDefault<z.ZodNumber> {
  const schema = z.number().int().min(min).max(max).default(byDefault);
  return field(schema, { description, allowed: `a whole number from ${min} to ${max}` });
}

function flag(description: string): z.ZodDefault<z.ZodBoolean> {
  return field(z.boolean().default(false), { description, allowed: 'true or false' });
}

const text = z
  .string()
  .min(1)
  .max(4096)
  .refine((value) => textProblem(value) === null);
const textList = z.array(text).max(LONGEST_LIST).readonly();
const moduleList = listOf(isModuleName);
const builtinList = listOf(isPythonName);
const nameList = listOf(isPythonName);
const MODULES = 'a list of module names such as `os` or `urllib.parse`';
const BUILTINS = 'a list of names such as `eval`';
const SYNTAX =
  "an object of nodes of Python's `ast` that have a place (`While`) and calls (`sorted()`), each with advice";
const GLOBALS = 'a list of names such as `rows`';
const LARGEST_SEED = 0xffff_ffff;
const PATHS = 'a list of paths, each of 1 to 4096 characters without NUL';

function listOf(isName: (name: string) => boolean): z.ZodReadonly<z.ZodArray<z.ZodString>> {
  return z.array(z.string().refine(isName)).max(LONGEST_LIST).readonly();
}

const environment = z.record(z.string(), z.string()).check((check) => {
  for (const [name, value] of Object.entries(check.value)) {
    const problem = envNameProblem(name) ?? envValueProblem(value);
    if (problem !== null)
      check.issues.push({ code: 'custom', params: { allowed: problem }, path: [name], input: value });
  }
});

const constants = z.record(z.string(), z.unknown()).check((check) => {
  for (const name of Object.keys(check.value).filter((key) => !isGlobalName(key))) {
    const allowed = 'a Python name that is no keyword, no dunder and neither `input_data` nor `result`';
    check.issues.push({ code: 'custom', params: { allowed }, path: [name], input: name });
  }
});

const syntax = z.record(z.string(), z.string().max(1000)).check((check) => {
  for (const [name, advice] of Object.entries(check.value)) {
    const allowed = isSyntaxName(name) ? textAllowed(advice) : SYNTAX;
    if (allowed !== null)
      check.issues.push({ code: 'custom', params: { allowed }, path: [name], input: name });
  }
});

function textAllowed(advice: string): string | null {
  return textProblem(advice) === null ? null : 'advice without NUL and lone surrogates';
}

const level = z.enum(ISOLATION_LEVELS);

/** What the result of a run is taken from. */
export const RESULT_SOURCES = ['either', 'variable', 'expression', 'none'] as const;

/** Every key of a policy with its one default, its bounds and its description. */
export const policySchema = z.strictObject({
  timeoutSeconds: field(z.number().gt(0).max(LONGEST_TIMEOUT_SECONDS).default(5), {
    description: 'Wall-clock seconds until the whole process tree is killed. Fractions count.',
    allowed: `a number above 0 and at most ${LONGEST_TIMEOUT_SECONDS}`,
  }),
  cpuSeconds: field(
    z.union([z.literal('timeout'), z.number().int().min(1).max(LONGEST_TIMEOUT_SECONDS)]).default('timeout'),
    {
      description: 'Processor seconds over all threads.',
      allowed: `'timeout' or a whole number from 1 to ${LONGEST_TIMEOUT_SECONDS}`,
      defaultWords: '`timeoutSeconds`, rounded up',
    },
  ),
  memoryLimitMb: field(
    z
      .union([z.number(), z.string()])
      .refine((size) => memoryMegabytes(size) !== null)
      .default(256),
    {
      description: 'Memory of the run in megabytes of 2^20 bytes.',
      allowed: `a number from ${SMALLEST_MEMORY_MB} to ${LARGEST_MEMORY_MB}, or text such as '256m', '512mb' or '1g' in that range`,
    },
  ),
  maxProcesses: count(1, 1024, 16, 'Processes and threads alive at once, the first one included.'),
  maxOpenFiles: count(16, 65_536, 256, 'Descriptors open at once in one process.'),
  diskLimitMb: count(1, LARGEST_SIZE_MB, 64, 'Megabytes that all files in the working directory may hold.'),
  maxOutputKb: count(
    1,
    65_536,
    128,
    'Kilobytes kept of stdout and of stderr each: head and tail; the middle is dropped.',
  ),
  maxResultKb: count(1, 65_536, 1024, 'Kilobytes of the result on its way back, encoded.'),
  maxFileKb: field(
    z
      .union([
        z.literal('disk'),
        z
          .number()
          .int()
          .min(1)
          .max(LARGEST_SIZE_MB * 1024),
      ])
      .default('disk'),
    {
      description: 'Kilobytes of one file that is brought out.',
      allowed: `'disk' or a whole number from 1 to ${LARGEST_SIZE_MB * 1024}`,
      defaultWords: '`diskLimitMb`',
    },
  ),
  maxFiles: count(0, 10_000, 256, 'Files that are brought out.'),
  maxDisplays: count(0, 1000, 32, 'Things that the code may show: tables, pictures, charts.'),
  maxDisplayKb: count(1, 65_536, 2048, 'Kilobytes of one thing shown, all its forms together, encoded.'),
  allowNetwork: flag(
    'Lets the code open internet sockets. Takes `socket` and its like off the default `blockedImports`.',
  ),
  allowSubprocess: flag(
    'Lets the code start programs. Takes `subprocess` and its like off the default `blockedImports`.',
  ),
  writablePaths: field(textList.default([]), {
    description: 'Host paths that the code may read and write, beside its working directory.',
    allowed: PATHS,
  }),
  readablePaths: field(textList.default([]), {
    description: 'Host paths that the code may read, beside the interpreter and its libraries.',
    allowed: PATHS,
  }),
  env: field(environment.default({}), {
    description: 'Environment variables added to a small base; nothing of the host comes in by itself.',
    allowed: ENV_ALLOWED,
  }),
  mode: field(z.enum(['restrict', 'allow']).default('restrict'), {
    description:
      "`'restrict'` refuses what a list blocks. `'allow'` refuses whatever no list allows, and takes no block lists.",
    allowed: "'restrict' or 'allow'",
  }),
  blockedImports: field(
    moduleList.default([...defaultBlockedImports({ allowNetwork: false, allowSubprocess: false })]),
    {
      description:
        'Modules that user code may not import, submodules included. A list given replaces the default.',
      allowed: MODULES,
      defaultWords:
        "`os`, `subprocess`, `socket` and their like; empty when `allowedImports` is given, and in mode `'allow'`",
    },
  ),
  allowedImports: field(z.union([z.literal('any'), moduleList]).default('any'), {
    description: 'The only modules that user code may import, submodules included.',
    allowed: `'any' or ${MODULES}`,
    defaultWords: "`'any'`; `[]` in mode `'allow'`",
  }),
  blockedBuiltins: field(builtinList.default([]), {
    description: 'Builtins that user code may not use.',
    allowed: BUILTINS,
  }),
  allowedBuiltins: field(z.union([z.literal('any'), builtinList]).default('any'), {
    description: 'The only builtins that user code may use; constants and exceptions are always among them.',
    allowed: `'any' or ${BUILTINS}`,
    defaultWords: "`'any'`; the safe builtins in mode `'allow'`",
  }),
  blockedGlobals: field(nameList.default([]), {
    description: 'Keys of the input data that do not become variables; `input_data` holds them all the same.',
    allowed: GLOBALS,
  }),
  allowedGlobals: field(z.union([z.literal('any'), nameList]).default('any'), {
    description: 'The only keys of the input data that become variables.',
    allowed: `'any' or ${GLOBALS}`,
    defaultWords: "`'any'`; `[]` in mode `'allow'`",
  }),
  allow: field(allowSchema.default('off'), {
    description:
      'Guarded mode: the callables that the code may call, beside its own, the safe builtins and a part of the standard library.',
    allowed: ALLOW_ALLOWED,
  }),
  banDefinitions: flag('Refuses `def`, `class` and `lambda`.'),
  banDunders: flag(
    'Refuses names and attributes such as `__class__`. Ordinary methods such as `__init__` can be defined.',
  ),
  bannedSyntax: field(syntax.default({}), {
    description:
      'Kinds of syntax and calls that are refused, each with the advice that is given: `{"While": "Use a for loop.", "sorted()": ""}`.',
    allowed: SYNTAX,
  }),
  maxCodeBytes: count(1, 16 * 1024 * 1024, 1024 * 1024, 'Bytes of the code in UTF-8.'),
  maxAstNodes: count(1, 10_000_000, 100_000, 'Nodes of the syntax tree of the code.'),
  extraGlobals: field(constants.default({}), {
    description: 'Constants that the code finds as global variables; they win over keys of the input data.',
    allowed: 'an object of Python names with values that can travel',
  }),
  resultFrom: field(z.enum(RESULT_SOURCES).default('either'), {
    description:
      "Where the result comes from: the variable `result`, the last expression, or `'either'`, the variable first.",
    allowed: "'either', 'variable', 'expression' or 'none'",
  }),
  stripFences: flag(
    'Takes the code out of Markdown fences, and IPython magics out of the code. Lines keep their numbers.',
  ),
  recursionLimit: field(
    z.union([z.literal('python'), z.number().int().min(50).max(10_000)]).default('python'),
    {
      description: 'Frames that Python code may nest; `sys.setrecursionlimit` can lower it but not raise it.',
      allowed: "'python' or a whole number from 50 to 10000",
      defaultWords: '1000, as Python has it',
    },
  ),
  deterministic: field(z.union([z.boolean(), z.number().int().min(0).max(LARGEST_SEED)]).default(false), {
    description:
      'The same run twice gives the same result: fixes hashes, `random`, numpy, `uuid`, `secrets` and the order of directories by a seed, 0 for `true`.',
    allowed: `true, false or a whole number from 0 to ${LARGEST_SEED}`,
  }),
  clock: field(clockSchema.default('host'), {
    description:
      'What `time` and `datetime` show: the clock of the host, one moment, or the clock of the host moved.',
    allowed: CLOCK_ALLOWED,
  }),
  isolation: field(z.union([level, z.strictObject({ exactly: level })]).default('kernel'), {
    description: 'The least isolation that is accepted, or exactly one level.',
    allowed: "'full', 'kernel', 'process' or `{ exactly: level }` with one of them",
  }),
  pythonExecutable: field(text.default('find'), {
    description:
      "A Python, the directory of a virtual environment, or `env:NAME` for one made by `pungi env`. `'find'` looks for python3 on PATH.",
    allowed: "'find', `env:NAME` or a path of 1 to 4096 characters without NUL",
  }),
});

/** What the caller allows. All keys are optional; `docs/policy.md` has the table of defaults and bounds. */
export type RunnerPolicy = Readonly<z.input<typeof policySchema>>;

/** A policy whose values were checked one by one, defaults filled in. */
export type CheckedPolicy = Readonly<z.output<typeof policySchema>>;

export type PolicyKey = keyof typeof policySchema.shape;

/** All keys, in the order of the docs. */
export const POLICY_KEYS: readonly string[] = Object.keys(policySchema.shape);

export function isPolicyKey(name: string): name is PolicyKey {
  return Object.hasOwn(policySchema.shape, name);
}

export function fieldDoc(key: PolicyKey): FieldDoc {
  const doc = docs.get(policySchema.shape[key]);
  if (doc === undefined) throw new TypeError(`the schema of \`${key}\` has no description`);
  return doc;
}
