import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { ALLOW_ALLOWED } from '../../src/policy/allow-rules.js';
import { CLOCK_ALLOWED } from '../../src/policy/clock.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import { POLICY_KEYS } from '../../src/policy/schema.js';

function refusal(policy: unknown): PungiError {
  try {
    resolvePolicy(policy);
  } catch (error) {
    if (error instanceof PungiError) return error;
    throw error;
  }
  throw new Error('the policy was accepted');
}

function throwing(): object {
  return {
    get value(): number {
      throw new Error('inside');
    },
  };
}

function cyclic(): object {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value;
}

const OURS = 'allowed: any name but `PYTHON*`, `LD_*`, `PATH` and `HOME`, which are set by pungi alone.';
const PATHS = 'a list of paths, each of 1 to 4096 characters without NUL.';

test('whatever is given, the answer is a policy or a PungiError', () => {
  const key = fc.oneof(
    fc.constantFrom(...POLICY_KEYS),
    fc.constantFrom('__proto__', 'then', ''),
    fc.string(),
  );
  const value = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
  let accepted = 0;
  fc.assert(
    fc.property(fc.oneof(fc.dictionary(key, value, { maxKeys: 3 }), value), (policy) => {
      try {
        accepted += Object.isFrozen(resolvePolicy(policy)) ? 1 : 0;
      } catch (error) {
        expect(error).toBeInstanceOf(PungiError);
      }
    }),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(0);
});

describe('INVALID_POLICY', () => {
  test.each<[unknown, string]>([
    [null, 'The policy is null; allowed: a plain object of policy keys.'],
    [[], 'The policy is an array; allowed: a plain object of policy keys.'],
    ['strict', 'The policy is a string; allowed: a plain object of policy keys.'],
    [
      new (class Policy {})(),
      'The policy is an instance of a class; allowed: a plain object of policy keys.',
    ],
    [{ timeoutSecond: 5 }, 'Unknown policy key `timeoutSecond`. Did you mean `timeoutSeconds`?'],
    [{ timeout_seconds: 5 }, 'Unknown policy key `timeout_seconds`. Did you mean `timeoutSeconds`?'],
    [{ colour: 5 }, 'Unknown policy key `colour`.'],
    [JSON.parse('{"__proto__": {"allowNetwork": true}}'), 'Unknown policy key `__proto__`.'],
    [{ constructor: 1 }, 'Unknown policy key `constructor`.'],
    [
      { timeoutSeconds: -1 },
      'Policy key `timeoutSeconds` is -1; allowed: a number above 0 and at most 3600.',
    ],
    [{ timeoutSeconds: 0 }, 'Policy key `timeoutSeconds` is 0; allowed: a number above 0 and at most 3600.'],
    [
      { timeoutSeconds: 3600.1 },
      'Policy key `timeoutSeconds` is 3600.1; allowed: a number above 0 and at most 3600.',
    ],
    [
      { timeoutSeconds: Number.NaN },
      'Policy key `timeoutSeconds` is NaN; allowed: a number above 0 and at most 3600.',
    ],
    [
      { timeoutSeconds: Number.POSITIVE_INFINITY },
      'Policy key `timeoutSeconds` is Infinity; allowed: a number above 0 and at most 3600.',
    ],
    [
      { timeoutSeconds: '5' },
      "Policy key `timeoutSeconds` is '5'; allowed: a number above 0 and at most 3600.",
    ],
    [
      { timeoutSeconds: null },
      'Policy key `timeoutSeconds` is null; allowed: a number above 0 and at most 3600.',
    ],
    [
      { timeoutSeconds: 5n },
      'Policy key `timeoutSeconds` is 5n; allowed: a number above 0 and at most 3600.',
    ],
    [
      { cpuSeconds: 1.5 },
      "Policy key `cpuSeconds` is 1.5; allowed: 'timeout' or a whole number from 1 to 3600.",
    ],
    [
      { memoryLimitMb: -256 },
      "Policy key `memoryLimitMb` is -256; allowed: a number from 16 to 65536, or text such as '256m', '512mb' or '1g' in that range.",
    ],
    [
      { memoryLimitMb: '1t' },
      "Policy key `memoryLimitMb` is '1t'; allowed: a number from 16 to 65536, or text such as '256m', '512mb' or '1g' in that range.",
    ],
    [{ mode: 'deny' }, "Policy key `mode` is 'deny'; allowed: 'restrict' or 'allow'."],
    [
      { mode: 'allow', blockedImports: ['os'] },
      "Policy key `blockedImports` is an array of 1; allowed: an empty list in mode 'allow', where what is not allowed is refused.",
    ],
    [
      { mode: 'allow', blockedBuiltins: ['eval'], blockedGlobals: ['x'] },
      "Policy key `blockedBuiltins` is an array of 1; allowed: an empty list in mode 'allow', where what is not allowed is refused. (and 1 more)",
    ],
    [
      { mode: 'allow', allowedImports: 'any' },
      "Policy key `allowedImports` is 'any'; allowed: a list of names in mode 'allow'.",
    ],
    [
      { blockedGlobals: ['a b'] },
      "Policy key `blockedGlobals[0]` is 'a b'; allowed: a list of names such as `rows`.",
    ],
    [
      { resultFrom: 'last' },
      "Policy key `resultFrom` is 'last'; allowed: 'either', 'variable', 'expression' or 'none'.",
    ],
    [{ stripFences: 'yes' }, "Policy key `stripFences` is 'yes'; allowed: true or false."],
    [
      { recursionLimit: 49 },
      "Policy key `recursionLimit` is 49; allowed: 'python' or a whole number from 50 to 10000.",
    ],
    [
      { deterministic: -1 },
      'Policy key `deterministic` is -1; allowed: true, false or a whole number from 0 to 4294967295.',
    ],
    [{ clock: 'frozen' }, `Policy key \`clock\` is 'frozen'; allowed: ${CLOCK_ALLOWED}.`],
    [
      { clock: { frozenAt: '2026-01-31T12:00:00' } },
      `Policy key \`clock.frozenAt\` is '2026-01-31T12:00:00'; allowed: ${CLOCK_ALLOWED}.`,
    ],
    [
      { clock: { offsetSeconds: Number.NaN } },
      `Policy key \`clock.offsetSeconds\` is NaN; allowed: ${CLOCK_ALLOWED}.`,
    ],
    [
      { bannedSyntax: { Wile: '' } },
      "Policy key `bannedSyntax.Wile` is ''; allowed: an object of nodes of Python's `ast` that have a place (`While`) and calls (`sorted()`), each with advice.",
    ],
    [
      { bannedSyntax: { 'sorted(x)': '' } },
      "Policy key `bannedSyntax.sorted(x)` is ''; allowed: an object of nodes of Python's `ast` that have a place (`While`) and calls (`sorted()`), each with advice.",
    ],
    [
      { bannedSyntax: { While: 'a\0' } },
      "Policy key `bannedSyntax.While` is 'a\\u0000'; allowed: advice without NUL and lone surrogates.",
    ],
    [{ allow: true }, `Policy key \`allow\` is true; allowed: ${ALLOW_ALLOWED}.`],
    [{ allow: ['numpy.array', 'a b'] }, `Policy key \`allow[1]\` is 'a b'; allowed: ${ALLOW_ALLOWED}.`],
    [
      { allow: [{ 'pandas.DataFrame': ['head', ['to_csv', { kind: 'argPth', pos: 0 }]] }] },
      `Policy key \`allow[0].pandas.DataFrame[1][1].kind\` is 'argPth'; allowed: ${ALLOW_ALLOWED}.`,
    ],
    [
      { allow: [{ 'pandas.DataFrame': [['to_csv', { kind: 'argPath', pos: -1 }]] }] },
      `Policy key \`allow[0].pandas.DataFrame[0][1].pos\` is -1; allowed: ${ALLOW_ALLOWED}.`,
    ],
    [{ maxProcesses: 0 }, 'Policy key `maxProcesses` is 0; allowed: a whole number from 1 to 1024.'],
    [{ maxProcesses: 1.5 }, 'Policy key `maxProcesses` is 1.5; allowed: a whole number from 1 to 1024.'],
    [{ maxOpenFiles: 15 }, 'Policy key `maxOpenFiles` is 15; allowed: a whole number from 16 to 65536.'],
    [{ diskLimitMb: 65_537 }, 'Policy key `diskLimitMb` is 65537; allowed: a whole number from 1 to 65536.'],
    [{ maxOutputKb: 0 }, 'Policy key `maxOutputKb` is 0; allowed: a whole number from 1 to 65536.'],
    [{ maxResultKb: 0 }, 'Policy key `maxResultKb` is 0; allowed: a whole number from 1 to 65536.'],
    [{ maxFileKb: 0 }, "Policy key `maxFileKb` is 0; allowed: 'disk' or a whole number from 1 to 67108864."],
    [{ maxFiles: -1 }, 'Policy key `maxFiles` is -1; allowed: a whole number from 0 to 10000.'],
    [{ allowNetwork: 'no' }, "Policy key `allowNetwork` is 'no'; allowed: true or false."],
    [{ allowSubprocess: 1 }, 'Policy key `allowSubprocess` is 1; allowed: true or false.'],
    [{ writablePaths: '/tmp' }, `Policy key \`writablePaths\` is '/tmp'; allowed: ${PATHS}`],
    [{ writablePaths: ['/a', 'b\0'] }, `Policy key \`writablePaths[1]\` is 'b\\u0000'; allowed: ${PATHS}`],
    [{ readablePaths: [''] }, `Policy key \`readablePaths[0]\` is ''; allowed: ${PATHS}`],
    [{ env: { PATH: '/bin' } }, `Policy key \`env.PATH\` is '/bin'; ${OURS}`],
    [{ env: { LD_PRELOAD: 'x' } }, `Policy key \`env.LD_PRELOAD\` is 'x'; ${OURS}`],
    [{ env: { PYTHONPATH: 'x' } }, `Policy key \`env.PYTHONPATH\` is 'x'; ${OURS}`],
    [
      { env: { A: 'nul\0' } },
      "Policy key `env.A` is 'nul\\u0000'; allowed: text without NUL and lone surrogates.",
    ],
    [
      { env: { A: 5 } },
      'Policy key `env.A` is 5; allowed: names of ASCII letters, digits and `_` with text values; `PYTHON*`, `LD_*`, `PATH` and `HOME` are set by pungi alone.',
    ],
    [
      { env: JSON.parse('{"__proto__": "x"}') },
      "Policy key `env.__proto__` is 'x'; allowed: names of ASCII letters, digits and `_` with text values; `PYTHON*`, `LD_*`, `PATH` and `HOME` are set by pungi alone.",
    ],
    [
      { blockedImports: 'os' },
      "Policy key `blockedImports` is 'os'; allowed: a list of module names such as `os` or `urllib.parse`.",
    ],
    [
      { blockedImports: ['re', 'os; x'] },
      "Policy key `blockedImports[1]` is 'os; x'; allowed: a list of module names such as `os` or `urllib.parse`.",
    ],
    [
      { allowedImports: ['re', 5] },
      "Policy key `allowedImports[1]` is 5; allowed: 'any' or a list of module names such as `os` or `urllib.parse`.",
    ],
    [
      { allowedImports: 'all' },
      "Policy key `allowedImports` is 'all'; allowed: 'any' or a list of module names such as `os` or `urllib.parse`.",
    ],
    [
      { allowedImports: ['re', 'os'], blockedImports: ['os'] },
      "Policy key `allowedImports[1]` is 'os'; allowed: modules that `blockedImports` does not name (it has 'os').",
    ],
    [
      { allowedImports: ['os.path'], blockedImports: ['os'] },
      "Policy key `allowedImports[0]` is 'os.path'; allowed: modules that `blockedImports` does not name (it has 'os').",
    ],
    [
      { blockedBuiltins: ['e val'] },
      "Policy key `blockedBuiltins[0]` is 'e val'; allowed: a list of names such as `eval`.",
    ],
    [
      { allowedBuiltins: null },
      "Policy key `allowedBuiltins` is null; allowed: 'any' or a list of names such as `eval`.",
    ],
    [
      { maxCodeBytes: 16 * 1024 * 1024 + 1 },
      'Policy key `maxCodeBytes` is 16777217; allowed: a whole number from 1 to 16777216.',
    ],
    [{ maxAstNodes: 0 }, 'Policy key `maxAstNodes` is 0; allowed: a whole number from 1 to 10000000.'],
    [
      { extraGlobals: { result: 1 } },
      'Policy key `extraGlobals.result` is 1; allowed: a Python name that is no keyword, no dunder and neither `input_data` nor `result`.',
    ],
    [
      { isolation: 'vm' },
      "Policy key `isolation` is 'vm'; allowed: 'full', 'kernel', 'process' or `{ exactly: level }` with one of them.",
    ],
    [
      { isolation: { exactly: 'none' } },
      "Policy key `isolation.exactly` is 'none'; allowed: 'full', 'kernel', 'process' or `{ exactly: level }` with one of them.",
    ],
    [
      { pythonExecutable: '' },
      "Policy key `pythonExecutable` is ''; allowed: 'find', `env:NAME` or a path of 1 to 4096 characters without NUL.",
    ],
  ])('row %#', (policy, message) => {
    const error = refusal(policy);
    expect({ code: error.code, message: error.message }).toEqual({ code: 'INVALID_POLICY', message });
  });

  test('a getter that throws is refused, with its error as the cause', () => {
    const cause = new Error('inside');
    const error = refusal({
      get timeoutSeconds(): number {
        throw cause;
      },
    });
    expect(error.message).toBe(
      'The policy is an object whose key `timeoutSeconds` throws when read; allowed: a plain object of policy keys.',
    );
    expect(error.cause).toBe(cause);
  });

  test('all problems are listed, the first is told and the others are counted', () => {
    const error = refusal({ memoryMb: 1, timeoutSeconds: -1, maxFiles: 1.5 });
    expect(error.message).toBe('Unknown policy key `memoryMb`. (and 2 more)');
    expect(error.hint).toBe(`Use one of the known keys: ${POLICY_KEYS.join(', ')}.`);
    expect(error.details['problems']).toEqual([
      { key: 'memoryMb', message: 'Unknown policy key `memoryMb`.', hint: error.hint },
      {
        key: 'timeoutSeconds',
        message: 'Policy key `timeoutSeconds` is -1; allowed: a number above 0 and at most 3600.',
        hint: 'Set `timeoutSeconds` to: a number above 0 and at most 3600.',
      },
      {
        key: 'maxFiles',
        message: 'Policy key `maxFiles` is 1.5; allowed: a whole number from 0 to 10000.',
        hint: 'Set `maxFiles` to: a whole number from 0 to 10000.',
      },
    ]);
  });

  test.each<[string, () => unknown]>([
    ['extraGlobals.constant: a function cannot travel', () => () => 1],
    ['extraGlobals.constant: a symbol cannot travel', () => Symbol('x')],
    ['extraGlobals.constant.self: a cycle: it holds itself', cyclic],
    [
      'Policy key `extraGlobals.constant` is an object that throws when read; allowed: an object of Python names with values that can travel.',
      throwing,
    ],
  ])('a constant that cannot travel: %s', (message, make) => {
    const error = refusal({ extraGlobals: { constant: make() } });
    expect({ code: error.code, message: error.message }).toEqual({ code: 'INVALID_POLICY', message });
  });
});
