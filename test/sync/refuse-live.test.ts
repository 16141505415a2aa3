import { describe, expect, test } from 'vitest';
import { runCodeSync } from '../../src/index.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import { callThread } from '../../src/sync/call-thread.js';
import { sampleJob } from '../supervise/samples.js';

const ALONE = 'nothing else happens in this thread while it waits';

describe('before anything is started', () => {
  test.each<[options: object, message: string, hint: string]>([
    ...['signal', 'onStdout', 'onStderr', 'onDisplay', 'onEvent', 'onUsage'].map(
      (name): [object, string, string] => [
        { [name]: name === 'signal' ? new AbortController().signal : Math.abs },
        `Option \`${name}\` cannot be used with runCodeSync: ${ALONE}.`,
        `Leave \`${name}\` out, or call runCode. A shorter timeoutSeconds bounds the wait.`,
      ],
    ),
    [
      { oneshot: false },
      'Option `oneshot` is false, but runCodeSync keeps no processes between runs.',
      'Leave `oneshot` out, or call runCode.',
    ],
    [{ onStdOut: 1 }, 'Unknown option `onStdOut`. Did you mean `onStdout`?', 'Write `onStdout` instead.'],
  ])('%j is refused', (options, message, hint) => {
    const call = (): unknown => Reflect.apply(runCodeSync, null, ['1', {}, {}, options]);
    expect(call).toThrow(
      expect.objectContaining({ name: 'PungiError', code: 'INVALID_INPUT', message, hint }),
    );
  });

  test.each([
    ['1', { rows: [Math.abs] }, {}, 'INVALID_INPUT', 'inputData.rows[0]: a function cannot travel'],
    ['', {}, {}, 'INVALID_INPUT', 'The code is empty.'],
    [
      '1',
      {},
      { timeoutSecond: 1 },
      'INVALID_POLICY',
      'Unknown policy key `timeoutSecond`. Did you mean `timeoutSeconds`?',
    ],
  ])('bad input %# throws as it does with runCode', (code, input, policy, error, message) => {
    const call = (): unknown => Reflect.apply(runCodeSync, null, [code, input, policy]);
    expect(call).toThrow(expect.objectContaining({ name: 'PungiError', code: error, message }));
  });
});

test('a package without its thread is told', () => {
  const order = { policy: resolvePolicy({}), job: sampleJob(), askedAtMs: 0 };
  expect(() => callThread(order, 'file:///no/such/dist/index.js')).toThrow(
    expect.objectContaining({
      code: 'START_FAILED',
      message: 'The thread of runCodeSync was not found: /no/such/dist/sync/thread.js.',
      hint: 'Install pungi again, and mark it as external where a bundler packs the program.',
    }),
  );
});
