import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRunner, presets } from '../../../src/index.js';
import { sciencePython } from '../../conformance/science-python.js';
import { LOST, ownCgroups, summary, withFaultPool, within } from './fault-pool.js';
import { WARM_LEVELS } from './levels.js';
import { limitProcess, SHORTAGES } from './shortages.js';

const SETTLED_WITHIN_MS = 20_000;
const RUNS = 8;
const science = sciencePython();
const CRASHED = ['crashed', LOST, undefined];

const FILES = {
  pids: ['pids.max'],
  memory: ['memory.max', 'memory.limit_in_bytes'],
  usage: ['memory.current', 'memory.usage_in_bytes'],
} as const;

describe.each(WARM_LEVELS)('at level %s', (level) => {
  test.each(SHORTAGES)(
    '$name: at most what ran is lost, and another tree serves on',
    async ({ victim, limit }) => {
      await withFaultPool({ level, size: 2 }, async (pool) => {
        await limitProcess(pool.tree()[victim], limit);
        // Too large for the memory that it has at hand already.
        const large = 'x'.repeat(4_000_000);
        const runs = Array.from({ length: RUNS }, (_, index) =>
          pool.runner.run('result = input_data[0]', [index, large]),
        );
        const results = await within(SETTLED_WITHIN_MS, Promise.all(runs));
        const wrong = results.filter((run, index) => run.status !== 'ok' || run.result !== index);
        expect(wrong.map(summary)).toEqual(wrong.map(() => CRASHED));
        expect(wrong.length).toBeLessThanOrEqual(2);
        await pool.expectWell();
        expect(pool.runner.info().restarts).toBe(1);
      });
    },
    60_000,
  );

  test('the control group allows no more processes for a while: all is answered', async ({ skip }) => {
    await withFaultPool({ level, size: 2 }, async (pool) => {
      const file = groupFile('pids');
      if (file === null) return skip('no control group for processes can be made here');
      const most = readFileSync(file, 'utf8');
      writeFileSync(file, '1');
      const runs = Array.from({ length: RUNS }, (_, index) => pool.runner.run('result = input_data', index));
      await within(SETTLED_WITHIN_MS, Promise.all(runs.slice(0, 2)));
      writeIfThere(file, most);
      const results = await within(SETTLED_WITHIN_MS, Promise.all(runs));
      expect(results.map(summary)).toEqual(results.map((_, index) => ['ok', null, index]));
      await pool.expectWell();
    });
  }, 60_000);

  test('the control group has no more memory for a while: who asks for it is told', async ({ skip }) => {
    await withFaultPool({ level, size: 2 }, async (pool) => {
      const [file, usage] = [groupFile('memory'), groupFile('usage')];
      if (file === null || usage === null) return skip('no control group for memory can be made here');
      const most = readFileSync(file, 'utf8');
      writeFileSync(file, String(Number(readFileSync(usage, 'utf8')) + 8 * 1024 * 1024));
      const code = 'x = bytearray(60_000_000); result = input_data';
      const runs = Array.from({ length: RUNS }, (_, index) => pool.runner.run(code, index));
      const results = await within(SETTLED_WITHIN_MS, Promise.all(runs));
      writeIfThere(file, most);
      const wrong = results.filter((run, index) => run.status !== 'ok' || run.result !== index);
      expect(wrong.length).toBeGreaterThan(0);
      expect(['memory_limit', 'crashed']).toEqual(
        expect.arrayContaining([...new Set(wrong.map(({ status }) => status))]),
      );
      await pool.expectWell();
    });
  }, 60_000);

  test.skipIf(science.skip !== null)(
    `what is preloaded fills the memory of a run: that is told${science.skip === null ? '' : ` (${science.skip})`}`,
    async () => {
      const policy = {
        ...presets.agent,
        isolation: { exactly: level },
        pythonExecutable: science.file,
        memoryLimitMb: 16,
      } as const;
      const opened = createRunner({ policy, warm: { size: 1, preload: ['pandas'] } });
      const told = await opened.then(
        async (runner) => {
          const small = await runner.run('result = 1');
          const large = await runner.run('x = bytearray(40_000_000)');
          await runner.close();
          return [small.status, large.status];
        },
        (error: unknown) => [String(error)],
      );
      for (const each of told) expect(each).toMatch(/^ok$|^memory_limit$|memoryLimitMb/);
      expect(told.at(-1)).not.toBe('ok');
    },
  );
});

/** A file of the pool's control group that this machine's version of them has. */
function groupFile(what: keyof typeof FILES): string | null {
  for (const directory of ownCgroups()) {
    for (const name of FILES[what]) {
      const path = join(directory, name);
      if (isReadable(path)) return path;
    }
  }
  return null;
}

function isReadable(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

/** With its tree the group may have gone. */
function writeIfThere(path: string, text: string): void {
  if (isReadable(path)) writeFileSync(path, text);
}
