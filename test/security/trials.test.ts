import { describe, expect, test } from 'vitest';
import { presets, runCode } from '../../src/index.js';
import { wantedJails } from '../conformance/wanted-levels.js';
import type { Trial } from './trial.js';
import { ENTRY } from './trials/entry.js';
import { LINE } from './trials/line.js';
import { OUTPUTS } from './trials/outputs.js';
import { RESOURCES } from './trials/resources.js';
import { TAMPERING } from './trials/tampering.js';

const TRIALS: readonly Trial[] = [...LINE, ...TAMPERING, ...ENTRY, ...OUTPUTS, ...RESOURCES];
const LEVELS = wantedJails();
const TIMEOUT_SECONDS = 2;
/** For a trial that can end in no other way. */
const SURE_TIMEOUT_SECONDS = 0.5;
/** Start, deadline, clean-up; nothing that a worker does may add to it. */
const PATIENCE_MS = (TIMEOUT_SECONDS + 2) * 1000;

test('ids are unique', () => {
  expect(new Set(TRIALS.map(({ id }) => id)).size).toBe(TRIALS.length);
});

describe.each(LEVELS)('at level %s', (level) => {
  const here = TRIALS.filter(({ levels }) => levels === undefined || levels.includes(level));

  test.each(here.map((trial) => [trial.id, trial.technique, trial.mustNot, trial] as const))(
    '%s: %s must not %s',
    async (_id, _technique, _mustNot, { code, policy, options, statuses, check }) => {
      const isSure = statuses.every((status) => status === 'timeout');
      const timeoutSeconds = isSure ? SURE_TIMEOUT_SECONDS : TIMEOUT_SECONDS;
      const startedAt = performance.now();
      const result = await runCode(
        code,
        undefined,
        { ...presets.agent, timeoutSeconds, isolation: { exactly: level }, ...policy },
        { ...options, oneshot: true },
      );
      const tookMs = performance.now() - startedAt;
      expect(statuses, String(result.error)).toContain(result.status);
      // Only the supervisor's own accounts fill this: no worker may take down what serves the others.
      expect(result.usage.peakMemoryMb, 'the supervisor lives to the end').toBeGreaterThan(0);
      expect(tookMs).toBeLessThan(PATIENCE_MS);
      check?.(result);
    },
  );
});
