import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, presets, type Runner } from '../../src/index.js';
import { levelsHere } from '../conformance/levels.js';
import { sciencePython } from '../conformance/science-python.js';
import type { Group } from './groups.js';
import { missingPackages } from './missing-packages.js';
import { readPrograms } from './read-programs.js';
import { type BareOutcomes, runBare } from './run-bare.js';

const LEAST_OUTPUT = 20;

/** Runs each program bare and at each level of the jail: what it prints and how it exits is the same. */
export async function describeGroup({ name, folders, packages }: Group): Promise<void> {
  const missing = missingPackages(packages);
  const levels = (await levelsHere()).filter(({ level }) => level !== 'process');
  const programs = readPrograms(folders);
  const python = sciencePython([]).file;

  describe.skipIf(missing !== null)(missing === null ? name : `${name} (skipped: ${missing})`, () => {
    const bare: { outcomes: BareOutcomes } = { outcomes: {} };
    beforeAll(async () => {
      bare.outcomes = await runBare(python, packages, programs);
    });

    test.each(programs)('$name does its work in a bare interpreter', (program) => {
      const { exitCode, stdout, stderr } = bare.outcomes[program.name] ?? {};
      expect(exitCode, stderr).toBe(program.exitCode);
      expect(stdout?.length).toBeGreaterThanOrEqual(LEAST_OUTPUT);
    });

    for (const { level, skip } of levels) {
      describe.skipIf(skip !== null)(`level ${level}${skip === null ? '' : ` (skipped: ${skip})`}`, () => {
        const made: Runner[] = [];
        beforeAll(async () => {
          made.push(await openRunner(level, python, packages));
        });
        afterAll(async () => {
          for (const runner of made) await runner.close();
        });

        test.each(programs)('$name', async (program) => {
          const { exitCode, stdout } = bare.outcomes[program.name] ?? {};
          const jailed = await made[0]?.run(program.code);
          const explanation = `${jailed?.status}: ${jailed?.error?.traceback ?? ''}\n${jailed?.stderr.slice(-1000)}`;
          expect({ exitCode: jailed?.exitCode, stdout: jailed?.stdout }, explanation).toEqual({
            exitCode,
            stdout,
          });
        });
      });
    }
  });
}

function openRunner(
  level: 'full' | 'kernel' | 'process',
  python: string,
  preload: readonly string[],
): Promise<Runner> {
  const policy = {
    ...presets.agent,
    isolation: { exactly: level },
    pythonExecutable: python,
    // A loaded machine is no fault of a program; memory is what the imported packages need.
    timeoutSeconds: 60,
    ...(preload.length > 0 ? { memoryLimitMb: 1024 } : {}),
  } as const;
  return createRunner({ policy, warm: { size: 2, preload } });
}
