import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { prepareRun } from '../../src/job/prepare-run.js';
import { OPTION_NAMES } from '../../src/job/run-options.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';

const policy = resolvePolicy({ diskLimitMb: 1 });

function refusal(code: unknown, input: unknown, options: unknown): PungiError {
  try {
    prepareRun(code, input, options, policy, null);
  } catch (error) {
    if (error instanceof PungiError) return error;
    throw error;
  }
  throw new Error('the run was accepted');
}

const TEXT = 'text without NUL and lone surrogates.';
const OURS = 'any name but `PYTHON*`, `LD_*`, `PATH` and `HOME`, which are set by pungi alone.';
const SECONDS = "a number above 0 and at most 5, the policy's timeoutSeconds.";
const FILE = 'allowed: text, a Uint8Array or { path }.';
const throwing = {
  get stdin(): string {
    throw new Error('inside');
  },
};

test.each<[unknown, string]>([
  ['', 'The code is empty.'],
  [undefined, 'The code is undefined; allowed: text.'],
  [null, 'The code is null; allowed: text.'],
  [5, 'The code is 5; allowed: text.'],
  [['print(1)'], 'The code is an array of 1; allowed: text.'],
  [new Uint8Array(3), 'The code is an object; allowed: text.'],
  ['a\0', 'The code holds a NUL character.'],
  ['x = "\ud800"', 'The code holds a lone surrogate, which UTF-8 cannot carry.'],
  [
    '#'.repeat(2 * 1024 * 1024),
    "The code has 2097152 bytes in UTF-8; allowed: at most 1048576, the policy's maxCodeBytes.",
  ],
])('code, row %#', (code, message) => {
  const error = refusal(code, {}, {});
  expect({ code: error.code, message: error.message, argument: error.details['argument'] }).toEqual({
    code: 'INVALID_INPUT',
    message,
    argument: 'code',
  });
});

test.each<[unknown, string]>([
  [null, 'The options are null; allowed: a plain object.'],
  [[], 'The options are an array; allowed: a plain object.'],
  [new Map(), 'The options are an instance of a class; allowed: a plain object.'],
  [throwing, 'The options are an object whose key `stdin` throws when read; allowed: a plain object.'],
  [{ stdIn: '' }, 'Unknown option `stdIn`. Did you mean `stdin`?'],
  [{ timeout: 5 }, 'Unknown option `timeout`. Did you mean `timeoutSeconds`?'],
  [{ colour: 5 }, 'Unknown option `colour`.'],
  [JSON.parse('{"__proto__": {}}'), 'Unknown option `__proto__`.'],
  [{ stdin: 5 }, 'Option `stdin` is 5; allowed: text without lone surrogates, or a Uint8Array.'],
  [
    { stdin: '\udfff' },
    "Option `stdin` is '\\udfff'; allowed: text without lone surrogates, or a Uint8Array.",
  ],
  [{ argv: '-v' }, "Option `argv` is '-v'; allowed: an array of at most 1000 texts without NUL."],
  [
    { argv: Array(1001).fill('') },
    'Option `argv` is an array of 1001; allowed: an array of at most 1000 texts without NUL.',
  ],
  [{ argv: ['a', 1] }, `Option \`argv[1]\` is 1; allowed: ${TEXT}`],
  [{ argv: ['a\0'] }, `Option \`argv[0]\` is 'a\\u0000'; allowed: ${TEXT}`],
  [{ env: [] }, 'Option `env` is an array; allowed: a plain object.'],
  [{ env: { PATH: '/bin' } }, `Option \`env.PATH\` is '/bin'; allowed: ${OURS}`],
  [{ env: { A: 1 } }, `Option \`env.A\` is 1; allowed: ${TEXT}`],
  [{ signal: {} }, 'Option `signal` is an object; allowed: an AbortSignal.'],
  [{ signal: null }, 'Option `signal` is null; allowed: an AbortSignal.'],
  [{ onStdout: 'log' }, "Option `onStdout` is 'log'; allowed: a function that takes text."],
  [{ onStderr: {} }, 'Option `onStderr` is an object; allowed: a function that takes text.'],
  [{ outputDirectory: '' }, "Option `outputDirectory` is ''; allowed: a path without NUL."],
  [{ outputDirectory: 'a\0' }, "Option `outputDirectory` is 'a\\u0000'; allowed: a path without NUL."],
  [{ timeoutSeconds: 6 }, `Option \`timeoutSeconds\` is 6; allowed: ${SECONDS}`],
  [{ timeoutSeconds: 0 }, `Option \`timeoutSeconds\` is 0; allowed: ${SECONDS}`],
  [{ timeoutSeconds: Number.NaN }, `Option \`timeoutSeconds\` is NaN; allowed: ${SECONDS}`],
  [
    { timeoutSeconds: Number.POSITIVE_INFINITY },
    `Option \`timeoutSeconds\` is Infinity; allowed: ${SECONDS}`,
  ],
  [{ timeoutSeconds: '1' }, `Option \`timeoutSeconds\` is '1'; allowed: ${SECONDS}`],
  [
    { entrypoint: 'main.py' },
    "Option `entrypoint` is 'main.py'; allowed: a name of `files`, which is empty.",
  ],
  [
    { entrypoint: 'main', files: { 'main.py': '' } },
    "Option `entrypoint` is 'main'; allowed: a name of `files` ('main.py').",
  ],
  [
    { entrypoint: 'main.py', files: { 'main.py': '' } },
    'Both code and an entrypoint are given; allowed: one of them.',
  ],
  [{ files: ['a'] }, 'Option `files` is an array; allowed: a plain object of names.'],
  [{ files: { '../a': '' } }, "File name '../a' has the part '..'."],
  [{ files: { a: '', 'a/b': '' } }, "File name 'a/b' uses 'a' as a directory, which is a file."],
  [{ files: { a: 5 } }, `File 'a' is 5; ${FILE}`],
  [{ files: { a: null } }, `File 'a' is null; ${FILE}`],
  [{ files: { a: [1] } }, `File 'a' is an array of 1; ${FILE}`],
  [{ files: { a: {} } }, `File 'a' is an object with the keys (none); ${FILE}`],
  [
    { files: { a: { path: '/x', mode: 1 } } },
    `File 'a' is an object with the keys \`path\`, \`mode\`; ${FILE}`,
  ],
  [{ files: { a: { path: 'b\0' } } }, "File 'a': its path 'b\\u0000' holds a NUL character."],
  [{ files: { a: { path: '' } } }, "File 'a': its path '' is empty."],
  [{ files: { a: '\ud800' } }, "File 'a' holds a lone surrogate, which UTF-8 cannot carry."],
  [
    { files: { a: new Uint8Array(1024 * 1024), b: '1' } },
    "The files hold 1048577 bytes; allowed: at most 1048576, the policy's diskLimitMb.",
  ],
])('options, row %#', (options, message) => {
  const error = refusal('print(1)', {}, options);
  expect({ code: error.code, message: error.message }).toEqual({ code: 'INVALID_INPUT', message });
});

test('an unknown option that is near none gets the list', () => {
  expect(refusal('1', {}, { colour: 5 }).hint).toBe(
    `Use one of the known options: ${OPTION_NAMES.join(', ')}.`,
  );
});

test.each<[string, () => unknown]>([
  ['inputData.callback: a function cannot travel', () => ({ callback: () => 1 })],
  ['inputData: a symbol cannot travel', () => Symbol('x')],
  ['The input data throws when read.', () => throwing],
])('input data: %s', (message, make) => {
  const error = refusal('1', make(), {});
  expect({ code: error.code, message: error.message }).toEqual({ code: 'INVALID_INPUT', message });
});

test('whatever is given, the answer is a run or a PungiError', () => {
  const names = fc.oneof(fc.constantFrom(...OPTION_NAMES), fc.string());
  const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true });
  const options = fc.oneof(fc.dictionary(names, anything, { maxKeys: 2 }), anything);
  fc.assert(
    fc.property(fc.oneof(fc.string(), anything), anything, options, (code, input, given) => {
      try {
        expect(prepareRun(code, input, given, policy, null).job.code).toBe(code);
      } catch (error) {
        expect(error).toBeInstanceOf(PungiError);
      }
    }),
    { numRuns: 500 },
  );
});
