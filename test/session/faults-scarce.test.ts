import { describe, expect, test } from 'vitest';
import { limitProcess, SHORTAGES } from '../engines/warm/shortages.js';
import { ENDED, LOST, OPERATIONS, REFUSED } from './fault-operations.js';
import { endOf, withFaultSession } from './fault-session.js';
import { WARM_LEVELS } from './runners.js';

/** What each may come to where something is scarce: done, refused with the reason, or lost with its tree. */
const ENDS: readonly (readonly [keyof typeof OPERATIONS, readonly string[]])[] = [
  ['run', ['ok', ...LOST]],
  ['fork', ['done', ...REFUSED]],
  ['write', ['done', ...ENDED]],
  ['open', ['done']],
  ['reset', ['done']],
];

describe.concurrent.each(WARM_LEVELS)('at level %s', { timeout: 60_000 }, (level) => {
  test.each(SHORTAGES)(
    '$name: each order is told how it ended, and all serves on',
    async ({ victim, limit }) => {
      await withFaultSession(level, async (fault) => {
        await limitProcess(fault.tree[victim], limit);
        for (const [name, ends] of ENDS) {
          const end = await endOf(OPERATIONS[name].act(fault));
          expect([name, ends]).toEqual([name, expect.arrayContaining([end])]);
        }
      });
    },
  );
});
