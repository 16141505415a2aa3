import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DockerDaemon, startDockerDaemon } from './docker-daemon.js';
import { EXPECTED_AT_KERNEL, type InsideReport, readInsideReport } from './inside-report.js';
import { missingForContainers } from './missing-for-containers.js';
import { failuresOf, keepReport, passedWith, readVitestReport } from './vitest-report.js';

/** The corpus at level kernel alone: there is no other in a container. */
const CORPUS = ['test/security/corpus.test.ts', '-t', 'at level kernel'];
const LEAST_ATTACKS = 440;

const ROOT = join(import.meta.dirname, '../..');
const missing = missingForContainers();

/** What a pod of the restricted security standard has: no capability, nothing to write but /tmp. */
const TIGHT = [
  '--read-only',
  ...['--tmpfs', '/tmp:mode=1777'],
  ...['--cap-drop', 'ALL'],
  ...['--security-opt', 'no-new-privileges'],
];

describe.skipIf(missing !== null)(
  `a stock container${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    const release: (() => PromiseLike<void>)[] = [];
    let daemon: DockerDaemon;

    beforeAll(async () => {
      const { stdout: archive } = await execa(join(ROOT, 'scripts/container-image.sh'));
      daemon = await startDockerDaemon();
      release.push(() => daemon[Symbol.asyncDispose]());
      const imported = await daemon.docker('import', archive, 'pungi-test');
      expect(imported).toMatchObject({ exitCode: 0, stderr: '' });
    });

    afterAll(async () => {
      for (const end of release.reverse()) await end();
    });

    test.each([
      ['root', '0:0'],
      ['uid 1000', '1000:1000'],
    ])('has the default seccomp profile and no added capability as %s', async (_name, user) => {
      const { stdout } = await daemon.docker(...runArguments(user), 'cat', '/proc/self/status');
      const effective = user === '0:0' ? '00000000a80425fb' : '0000000000000000';
      expect(/^Seccomp:\t(\d)$/m.exec(stdout)?.[1]).toBe('2');
      expect(/^CapEff:\t(\w+)$/m.exec(stdout)?.[1]).toBe(effective);
    });

    test.each([
      ['root', '0:0', []],
      ['uid 1000', '1000:1000', []],
      ['uid 1000 with all taken away that docs/guides/containers.md takes', '1000:1000', TIGHT],
    ])('gives level kernel, and refuses full with a fix, as %s', async (_name, user, options) => {
      expect(existsSync(join(ROOT, 'dist/index.js')), 'run `npm run build` first').toBe(true);
      const ran = await daemon.docker(
        ...runArguments(user, '/tmp', options),
        'node',
        '/repo/test/container/inside.mjs',
      );
      expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
      const report: InsideReport = readInsideReport(ran.stdout);
      expect(report).toMatchObject({
        ...EXPECTED_AT_KERNEL,
        identity: { uid: Number(user.split(':')[0]), level: 'kernel' },
        'without a word': 'kernel',
        'full refused': { code: 'SANDBOX_UNAVAILABLE', hint: expect.stringContaining("isolation: 'kernel'") },
      });
    });

    test.each([
      ['root', '0:0'],
      ['uid 1000', '1000:1000'],
    ])('is held by the attack corpus at level kernel, as %s', async (_name, user) => {
      // The repository cannot be written there: neither configuration nor results are kept beside it.
      const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--configLoader', 'runner', '--no-cache'];
      const ran = await daemon.docker(
        ...runArguments(user, '/repo'),
        ...['env', 'HOME=/tmp', 'node', ...vitest, '--project', 'slow', '--reporter=json', ...CORPUS],
      );
      const report = readVitestReport(ran.stdout);
      keepReport(`container-${user.split(':')[0]}`, ran.stdout);
      expect(failuresOf(report)).toEqual([]);
      expect(passedWith(report, 'at level kernel')).toBeGreaterThanOrEqual(LEAST_ATTACKS);
      expect(ran.exitCode, 'nothing is left behind').toBe(0);
    });
  },
);

test('the guide has these options', () => {
  const guide = readFileSync(join(ROOT, 'docs/guides/containers.md'), 'utf8');
  expect(guide).toContain(`docker run ${TIGHT.join(' ')} --user 1000:1000 my-app\n`);
});

function runArguments(user: string, directory = '/tmp', options: readonly string[] = []): string[] {
  const mounts = ['--volume', `${ROOT}:/repo:ro`, ...options];
  const place = ['--user', user, '--workdir', directory];
  return ['run', '--rm', '--network', 'none', ...place, ...mounts, 'pungi-test'];
}
