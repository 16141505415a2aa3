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
/** For a trial that can end in no other way, and for one that must not end in that way on a busy machine either. */
const SURE_TIMEOUT_SECONDS = 0.5;
const NO_TIMEOUT_SECONDS = 20;
/** Start and clean-up; nothing that a worker does may add to the deadline. */
const PATIENCE_MS = 10_000;

test('ids are unique', () => {
  expect(new Set(TRIALS.map(({ id }) => id)).size).toBe(TRIALS.length);
});

describe.each(LEVELS)('at level %s', (level) => {
  const here = TRIALS.filter(({ levels }) => levels === undefined || levels.includes(level));

  test.each(here.map((trial) => [trial.id, trial.technique, trial.mustNot, trial] as const))(
    '%s: %s must not %s',
    async (_id, _technique, _mustNot, { code, policy, options, statuses, check }) => {
      const isSure = statuses.every((status) => status === 'timeout');
      const usual = statuses.includes('timeout') ? TIMEOUT_SECONDS : NO_TIMEOUT_SECONDS;
      const timeoutSeconds = isSure ? SURE_TIMEOUT_SECONDS : usual;
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
      expect(tookMs).toBeLessThan((policy?.timeoutSeconds ?? timeoutSeconds) * 1000 + PATIENCE_MS);
      check?.(result);
    },
  );
});
