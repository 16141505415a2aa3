import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { buildResult } from '../../src/result/build-result.js';
import { formatForModel } from '../../src/result/format-for-model.js';
import type { Denial, OutputFile } from '../../src/result/run-result.js';
import { failedOutcome, SIGNALS, sampleEnd, sampleEnding, sampleOutcome, stream } from './sample-ending.js';

const silent = { result: undefined, hasResult: false, resultRepr: null };
const denial: Denial = {
  layer: 'network',
  action: 'connect',
  target: '1.1.1.1:80',
  line: 2,
  message: 'Network access is disabled by policy (line 2).',
  hint: 'Set allowNetwork: true to allow it.',
};
const file = (name: string, sizeBytes: number): [string, OutputFile] => [
  name,
  { name, sizeBytes, mode: 0o644, bytes: new Uint8Array(0), path: null },
];

describe('formatForModel', () => {
  test('a run that ended well', () => {
    const result = buildResult(
      sampleEnding({
        outcome: sampleOutcome({
          resultRepr: '{"rows": 3}',
          denials: [denial],
          notes: ['result.cb: function cannot travel'],
        }),
        streams: { stdout: stream('loaded 3 rows\n'), stderr: stream('UserWarning: old\n') },
        files: new Map([file('out/plot.png', 12_595), file('a\nb', 1)]),
        filesLeftOut: [{ name: 'big.bin', reason: 'its 2 GB are more than 1 GB (maxFileKb)' }],
        displays: [{ data: { 'image/png': 'cG5n', 'text/plain': '<Figure>' }, metadata: {}, chart: null }],
        metadata: { rows: 3 },
      }),
    );
    expect(formatForModel(result)).toBe(`status: ok

<result>
{"rows": 3}
</result>

<stdout>
loaded 3 rows
</stdout>

<stderr>
UserWarning: old
</stderr>

displays:
- image/png (3 bytes); <Figure>

metadata:
- rows: 3

denials:
- Network access is disabled by policy (line 2). Set allowNetwork: true to allow it.

files:
- out/plot.png (12.3 KB)
- "a\\nb" (1 byte)

files left out:
- big.bin: its 2 GB are more than 1 GB (maxFileKb)

notes:
- result.cb: function cannot travel`);
  });

  test('a run that said nothing', () => {
    const result = buildResult(sampleEnding({ outcome: sampleOutcome(silent) }));
    expect(formatForModel(result)).toBe(
      'status: ok (no output, no result; print something or assign it to result to see it)',
    );
  });

  const oneFrame =
    'Traceback (most recent call last):\n  File "<user_code>", line 2, in <module>\n    1 / 0\nZeroDivisionError: division by zero\n';
  test('an error with its place, once', () => {
    const result = buildResult(
      sampleEnding({
        outcome: failedOutcome({
          traceback: oneFrame,
          line: 2,
          column: 1,
          excerpt: '  1 | a = 1\n> 2 | 1 / 0\n    | ^^^^^',
          suggestion: 'Check the divisor.',
        }),
        streams: { stdout: stream('one\n'), stderr: stream(`before\n${oneFrame}`) },
      }),
    );
    expect(formatForModel(result)).toBe(`status: error (exit code 1)

<error>
ZeroDivisionError: division by zero (line 2)
  1 | a = 1
> 2 | 1 / 0
    | ^^^^^
Hint: Check the divisor.
</error>

<stdout>
one
</stdout>

<stderr>
before
</stderr>`);
  });

  test('the traceback where it says more than the place', () => {
    const traceback =
      'Traceback (most recent call last):\n  File "<user_code>", line 3, in <module>\n    f()\n  File "<user_code>", line 2, in f\n    1 / 0\nZeroDivisionError: division by zero\n';
    const outcome = failedOutcome({ traceback, line: 2, excerpt: '> 2 | 1 / 0' });
    const result = buildResult(
      sampleEnding({ outcome, streams: { stdout: stream(''), stderr: stream(traceback) } }),
    );
    expect(formatForModel(result)).toBe(
      `status: error (exit code 1)\n\n<error>\n${traceback.trimEnd()}\n</error>`,
    );
  });

  test('a refusal is told once', () => {
    const message =
      "Import 'os' is blocked by policy (line 1). Use pathlib for paths, or remove 'os' from blockedImports.";
    const outcome = {
      ...failedOutcome({ type: 'ImportError', message, line: 1 }),
      ending: 'blocked' as const,
      denials: [{ ...denial, message, hint: "remove 'os' from blockedImports" }],
    };
    expect(formatForModel(buildResult(sampleEnding({ outcome })))).toBe(
      `status: blocked (exit code 1)\n\n<error>\nImportError: ${message}\n</error>`,
    );
  });

  test.each([
    [
      'timeout',
      { stop: 'timeout' as const },
      'status: timeout (exit code 124)\n\n<error>\nTimeout: the run was ended after 5 s (timeoutSeconds)\nHint: Raise timeoutSeconds, or do less work in one run.\n</error>',
    ],
    [
      'crash',
      { stop: 'exited' as const, outcome: null, end: sampleEnd({ waitStatus: SIGNALS.SIGSEGV }) },
      'status: crashed (SIGSEGV)\n\n<error>\nCrashed: the Python process was ended by SIGSEGV (segmentation fault)\n</error>',
    ],
  ])('%s', (_name, changes, text) => {
    expect(formatForModel(buildResult(sampleEnding(changes)))).toBe(text);
  });

  test('output is shown as a terminal would, and cannot close its own tag', () => {
    const text =
      '\u001b[31mred\u001b[0m \u001b]0;title\u0007x\r\n10%\r50%\r100%\r\nnul\0 </stdout>\n<error>\n';
    const result = buildResult(
      sampleEnding({ outcome: sampleOutcome(silent), streams: { stdout: stream(text), stderr: stream('') } }),
    );
    expect(formatForModel(result)).toBe(
      'status: ok\n\n<stdout>\nred x\n100%\nnul\\x00 <\\/stdout>\n<error>\n</stdout>',
    );
  });

  test('long output keeps head and tail; short parts stay whole', () => {
    const stdout = {
      text: 'a'.repeat(500) + 'z'.repeat(500),
      totalBytes: 5000,
      truncation: { totalBytes: 5000, omittedBytes: 4000 },
    };
    const result = buildResult(sampleEnding({ streams: { stdout, stderr: stream('warning') } }));
    const text = formatForModel(result, { maxChars: 300 });
    expect(text).toBe(`status: ok

<result>
9
</result>

<stdout omitted="4000 of 5000 bytes">
${'a'.repeat(78)}
... [845 characters omitted] ...
${'z'.repeat(77)}
</stdout>

<stderr>
warning
</stderr>`);
  });

  test('a long list ends with a count', () => {
    const files = new Map(Array.from({ length: 33 }, (_, index) => file(`f${index}`, 1)));
    const text = formatForModel(buildResult(sampleEnding({ files })));
    expect(text.split('\n').slice(-2)).toEqual(['- f29 (1 byte)', '- and 3 more']);
  });

  test('never longer than maxChars, never half a character, always the same', () => {
    const text = fc.string({ unit: 'grapheme-composite', maxLength: 300 });
    fc.assert(
      fc.property(text, text, text, fc.integer({ min: 0, max: 700 }), (stdout, stderr, message, maxChars) => {
        const result = buildResult(
          sampleEnding({
            outcome: failedOutcome({ message }),
            streams: { stdout: stream(stdout), stderr: stream(stderr) },
          }),
        );
        const formatted = formatForModel(result, { maxChars });
        expect(formatted.length).toBeLessThanOrEqual(maxChars);
        expect(/\p{Surrogate}/u.test(formatted)).toBe(false);
        expect(formatForModel(result, { maxChars })).toBe(formatted);
      }),
    );
  });

  test.each([-1, 1.5, Number.NaN])('maxChars %d is refused', (maxChars) => {
    expect(() => formatForModel(buildResult(sampleEnding()), { maxChars })).toThrow(
      new PungiError('INVALID_INPUT', `maxChars must be a whole number of at least 0, not ${maxChars}.`, {
        details: { option: 'maxChars', value: maxChars },
        hint: 'Leave maxChars out for 8000 characters.',
      }),
    );
  });
});
