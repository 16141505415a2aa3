import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { EXPECTED_AT_KERNEL, readInsideReport } from './inside-report.js';
import { missingForContainers } from './missing-for-containers.js';

const ROOT = join(import.meta.dirname, '../..');
const missing = missingForContainers();

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
        layers: { namespaces: [], seccomp: 'filter', noNewPrivileges: true, capabilities: 'none' },
      });
    });
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
