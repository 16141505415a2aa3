import { describe, expect, test } from 'vitest';
import {
  createRunner,
  presets,
  type Runner,
  type RunnerPolicy,
  type RunResult,
  runCode,
} from '../../../src/index.js';
import { sciencePython } from '../../conformance/science-python.js';
import { CHANCE_PROGRAMS } from './programs.js';

const POLICY: RunnerPolicy = {
  ...presets.agent,
  deterministic: 42,
  clock: { frozenAt: '2026-01-31T12:00:00Z' },
};

/** Everything of a result that a caller sees, but for what was measured. */
function seen({ usage: _usage, isolation: _isolation, ...result }: Record<string, unknown>): string {
  return JSON.stringify(result);
}

const asText = (result: RunResult): string => seen(result.toJSON());

async function inTurn(runner: Runner): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const { code } of CHANCE_PROGRAMS) texts.push(asText(await runner.run(code)));
  return texts;
}

async function allOf(policy: RunnerPolicy, preload: readonly string[]): Promise<readonly string[]> {
  const runner = await createRunner({ policy, warm: { size: 2, preload } });
  try {
    return await inTurn(runner);
  } finally {
    await runner.close();
  }
}

function byName(texts: readonly string[]): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(CHANCE_PROGRAMS.map(({ name }, at) => [name, texts[at]]));
}

test('there are 50 programs', () => {
  expect(new Set(CHANCE_PROGRAMS.map(({ name }) => name)).size).toBeGreaterThanOrEqual(50);
});

describe('deterministic', () => {
  test('gives byte-equal results: one after the other, in other processes, cold, with other preloads', async () => {
    const runner = await createRunner({ policy: POLICY, warm: { size: 2 } });
    const first = await inTurn(runner);
    const again = await inTurn(runner);
    await runner.close();
    expect(first.filter((text) => text.includes('"status":"crashed"'))).toEqual([]);
    expect(byName(again)).toEqual(byName(first));
    expect(byName(await allOf(POLICY, ['random', 'uuid', 'tempfile', 'pathlib', 'glob', 'secrets']))).toEqual(
      byName(first),
    );
    const cold: string[] = [];
    for (const { code } of CHANCE_PROGRAMS)
      cold.push(asText(await runCode(code, {}, POLICY, { oneshot: true })));
    expect(byName(cold)).toEqual(byName(first));
  }, 240_000);

  test('another seed, and none, give others', async () => {
    const first = byName(await allOf(POLICY, []));
    const other = byName(await allOf({ ...POLICY, deterministic: 43 }, []));
    const none = byName(await allOf({ ...POLICY, deterministic: false, clock: 'host' }, []));
    for (const { name, differs } of CHANCE_PROGRAMS.filter((program) => program.differs)) {
      expect([name, differs, first[name] !== none[name]]).toEqual([name, true, true]);
    }
    const same = CHANCE_PROGRAMS.filter(({ name, differs }) => differs && first[name] === other[name]);
    expect(same.map(({ name }) => name)).toEqual([]);
  }, 240_000);
});

const { file, skip } = sciencePython();

describe.skipIf(skip !== null)(`numpy${skip === null ? '' : ` (skipped: ${skip})`}`, () => {
  const code = [
    'import numpy as np, random',
    'np.random.seed' + '  # the global state, generators of their own, and python beside them',
    'a = np.random.rand(3).tolist() + [int(np.random.randint(10**6))]',
    'b = np.random.default_rng().random(3).tolist() + np.random.RandomState().rand(2).tolist()',
    'np.random.seed()',
    'result = [a, b, np.random.rand(), random.random()]',
  ].join('\n');
  const policy: RunnerPolicy = { ...POLICY, pythonExecutable: file, memoryLimitMb: 512, timeoutSeconds: 20 };

  test('is seeded, preloaded or not', async () => {
    const results: unknown[] = [];
    for (const preload of [[], ['numpy'], ['pandas']]) {
      const runner = await createRunner({ policy, warm: { size: 1, preload } });
      results.push((await runner.run(code)).result, (await runner.run(code)).result);
      await runner.close();
    }
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]).not.toBeUndefined();
    const other = await runCode(code, {}, { ...policy, deterministic: 43 }, { oneshot: true });
    expect(JSON.stringify(other.result)).not.toBe(JSON.stringify(results[0]));
  }, 120_000);
});
