import { test } from 'vitest';
import type { RunnerPolicy } from '../../src/index.js';
import type { Subject } from './subject.js';

/** One row of a table; `policy` is the widest that it asks for. */
export interface Row {
  readonly title: string;
  readonly policy: RunnerPolicy | undefined;
  readonly check: () => Promise<unknown>;
}

/** Registers a test for each row; one that asks for what this machine lacks is skipped, the reason in its title. */
export function testRows(
  rows: readonly Row[],
  { noSubprocess }: Subject,
  register = test.skipIf(false),
): void {
  for (const { title, policy, check } of rows) {
    const skip = policy?.allowSubprocess === true ? noSubprocess : null;
    if (skip === null) {
      register(title, async () => {
        await check();
      });
    } else {
      test.skip(`${title} (skipped: ${skip})`);
    }
  }
}
