import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { EXPECTED_AT_KERNEL, readInsideReport } from './inside-report.js';
import { missingForContainers } from './missing-for-containers.js';
import { failuresOf, passedWith, readVitestReport } from './vitest-report.js';

const ROOT = join(import.meta.dirname, '../..');
const missing = missingForContainers();
/** Copying the repository, and about two minutes of tests on a machine with nothing else to do. */
const SUITE_TIMEOUT_MS = 900_000;
const SUITE = ['conformance/oneshot', 'conformance/oneshot-timed', 'security/corpus'].map(
  (name) => `test/${name}.test.ts`,
);
/** Fewer passed tests with these words in their whole names mean that a level, or a table at it, was skipped. */
const LEAST_PASSED = [
  ['', 1700],
  ['oneshot, level full', 250],
  ['oneshot, level kernel', 320],
  ['at level full', 440],
  ['at level kernel', 440],
] as const;

describe.skipIf(missing !== null)(
  `an ordinary user${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    test('has no capability and no group', async () => {
      const { stdout } = await asUser('cat', '/proc/self/status');
      expect(/^CapEff:\t(\w+)$/m.exec(stdout)?.[1]).toBe('0000000000000000');
      expect(/^Uid:\t(.*)$/m.exec(stdout)?.[1]).toBe('1234\t1234\t1234\t1234');
      expect(/^Groups:\t(.*)$/m.exec(stdout)?.[1]?.trim()).toBe('');
    });

    test('gets level kernel', async () => {
      expect(existsSync(join(ROOT, 'dist/index.js')), 'run `npm run build` first').toBe(true);
      const { stdout, exitCode } = await asUser('node', 'test/container/inside.mjs');
      expect(exitCode).toBe(0);
      expect(readInsideReport(stdout)).toMatchObject({
        ...EXPECTED_AT_KERNEL,
        identity: { uid: 1234, level: 'kernel' },
        'without a word': 'full',
      });
    });

    test(
      'is held by the conformance suite and the attack corpus at levels full and kernel',
      async () => {
        const { stdout, exitCode } = await asUser(
          ...[
            // Level `process` has no layers that root or an ordinary user could lack.
            'env',
            'PUNGI_LEVELS=full,kernel',
            'node',
            'node_modules/vitest/vitest.mjs',
            'run',
            '--project',
            'slow',
            '--project',
            'alone',
            '--reporter=json',
          ],
          ...SUITE,
        );
        const report = readVitestReport(stdout);
        expect(failuresOf(report)).toEqual([]);
        expect(report.numFailedTests).toBe(0);
        expect(report.testResults).toHaveLength(SUITE.length);
        for (const [words, least] of LEAST_PASSED) {
          expect(passedWith(report, words), `passed tests of '${words}'`).toBeGreaterThanOrEqual(least);
        }
        expect(exitCode, 'nothing is left behind').toBe(0);
      },
      SUITE_TIMEOUT_MS,
    );
  },
);

async function asUser(
  ...command: readonly string[]
): Promise<{ stdout: string; exitCode: number | undefined }> {
  const { stdout, exitCode } = await execa(join(ROOT, 'scripts/as-user.sh'), command, {
    reject: false,
    stderr: 'inherit',
  });
  return { stdout, exitCode };
}
