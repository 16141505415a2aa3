import { describe, expect, test } from 'vitest';
import { hostFacts } from '../../src/host/default-host.js';
import { missingFullLayers, missingKernelLayers } from '../../src/plan/missing-layers.js';
import { buildCli } from './built-cli.js';

const cli = buildCli();
const facts = await hostFacts('find');
/** What is taken away must have been there, or it is not what the command misses. */
const missing = [...missingFullLayers(facts), ...missingKernelLayers(facts)].map(({ layer }) => layer);
const skip = missing.length === 0 ? '' : ` (skipped: this machine lacks ${missing.join(', ')})`;

describe.skipIf(missing.length > 0)(`a machine that refuses what a level needs${skip}`, () => {
  test.each([
    [
      'full',
      'unshare',
      'namespaces (unshare(user, mount, net, ipc, uts, pid): EPERM; a seccomp filter is already in force)',
      'Start the container with a seccomp profile that allows unshare, mount and pivot_root, such as `--security-opt seccomp=unconfined`; level `kernel` holds without it.',
      'kernel',
    ],
    [
      'kernel',
      'landlock_create_ruleset',
      'landlock (landlock_create_ruleset: EPERM)',
      'Update the container runtime (Docker 23 or later), or allow the landlock_* calls in its seccomp profile.',
      'process',
    ],
  ])('--isolation %s without %s exits with 70', async (level, call, lacks, fix, less) => {
    const run = ['run', '-c', '6 * 7', '--isolation'];
    expect(await cli.run([...run, level], { refused: [call] })).toEqual({
      stdout: '',
      stderr: `pungi: This machine cannot give isolation '${level}': it lacks ${lacks}.\nhint: ${fix} Or accept less by name: isolation: '${less}'.\n`,
      exitCode: 70,
    });
    expect(await cli.run([...run, less], { refused: [call] })).toMatchObject({ stdout: '42\n', exitCode: 0 });
  });

  test('doctor exits with 70 where no level that holds is left', async () => {
    const { stdout, exitCode } = await cli.run(['doctor'], { refused: ['landlock_create_ruleset'] });
    expect(stdout).toMatch(/^no +level full/m);
    expect(exitCode).toBe(70);
  });
});
