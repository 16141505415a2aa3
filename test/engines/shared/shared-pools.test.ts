import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { oneshotEngine } from '../../../src/engines/oneshot/oneshot-engine.js';
import type { SharedPools, SharedRequest, SharingLimits } from '../../../src/engines/shared/shared-pools.js';
import type { RunnerPolicy } from '../../../src/index.js';
import type { Plan } from '../../../src/plan/plan.js';
import { expectNothingLeft } from '../../conformance/leftovers.js';
import { WARM_LEVELS } from '../warm/levels.js';
import { childrenOf, findTree } from '../warm/processes.js';
import { poolsWith, requestOf, runIn } from './pools.js';

expectNothingLeft();

const held: { pools: SharedPools } = { pools: poolsWith() };
const use = (changes: Partial<SharingLimits>): void => {
  held.pools = poolsWith(changes);
};
const run = (code: string, policy?: RunnerPolicy): ReturnType<typeof runIn> =>
  runIn(held.pools, code, policy);
/** A first run is cold, the second waits for the pool. */
const warmUp = async (policy?: RunnerPolicy): Promise<void> => {
  for (const code of ['1', '2']) expect((await run(code, policy)).ok).toBe(true);
};
const supervisors = (): number[] => childrenOf(process.pid).filter((pid) => childrenOf(pid).length > 0);

beforeEach(() => use({}));
afterEach(() => held.pools.close());

describe.each(WARM_LEVELS)('at level %s', (level) => {
  const policy = { isolation: { exactly: level } };

  test('a first run leaves nothing behind but, soon, a pool in which the later ones are', async () => {
    use({ pauseMs: 100 });
    expect((await run('result = 1', policy)).result).toBe(1);
    expect([held.pools.size, supervisors()]).toEqual([0, []]);
    await expect.poll(() => held.pools.size).toBe(1);
    expect((await run('result = 2', policy)).result).toBe(2);
    const { supervisor } = findTree();
    expect((await run('result = 3', policy)).result).toBe(3);
    expect([findTree().supervisor, held.pools.size]).toEqual([supervisor, 1]);
  });

  test('a second run does not wait for the pause', async () => {
    use({ pauseMs: 60_000 });
    await warmUp(policy);
    expect(held.pools.size).toBe(1);
  });

  test('a burst from nothing goes to one pool, and each is answered', async () => {
    const runs = Array.from({ length: 200 }, (_, n) => run(`result = ${n}`, policy));
    const results = await Promise.all(runs);
    expect(results.map(({ result }) => result)).toEqual(runs.map((_, n) => n));
    expect([held.pools.size, supervisors().length]).toEqual([1, 1]);
  });

  test('a pool whose supervisor is killed serves on', async () => {
    await warmUp(policy);
    const { supervisor } = findTree();
    process.kill(supervisor, 'SIGKILL');
    await expect.poll(() => supervisors().some((pid) => pid !== supervisor)).toBe(true);
    const results = await Promise.all([1, 2, 3].map((n) => run(`result = ${n}`, policy)));
    expect(results.map(({ result }) => result)).toEqual([1, 2, 3]);
    expect(findTree().supervisor).not.toBe(supervisor);
  });

  test('a path that the policy opens and that is replaced between two runs is the new one', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'reach-'));
    try {
      const data = join(directory, 'data');
      const opened = { ...policy, readablePaths: [data] };
      const read = `result = open(${JSON.stringify(join(data, 'text'))}).read()`;
      mkdirSync(data);
      writeFileSync(join(data, 'text'), 'old');
      await warmUp(opened);
      expect((await run(read, opened)).result).toBe('old');
      mkdirSync(join(directory, 'next'));
      writeFileSync(join(directory, 'next', 'text'), 'new');
      rmSync(data, { recursive: true });
      renameSync(join(directory, 'next'), data);
      for (let n = 0; n < 3; n += 1) expect((await run(read, opened)).result).toBe('new');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

test('another policy has another pool', async () => {
  await warmUp({ env: { A: '1' } });
  await warmUp({ env: { A: '2' } });
  const { result } = await run('import os\nresult = os.environ["A"]', { env: { A: '2' } });
  expect([result, held.pools.size, supervisors().length]).toEqual(['2', 2, 2]);
});

test('a further pool closes the least recently used one', async () => {
  use({ mostPools: 2 });
  await warmUp({ maxFiles: 1 });
  const first = supervisors();
  await warmUp({ maxFiles: 2 });
  await run('1', { maxFiles: 1 });
  await warmUp({ maxFiles: 3 });
  expect(held.pools.size).toBe(2);
  await expect.poll(() => supervisors().length).toBe(2);
  expect(supervisors()).toContain(first[0]);
});

test.each<[what: string, changes: Partial<SharingLimits>, code: string]>([
  ['has just been used', { keepMs: 60_000 }, '1'],
  ['is at work', {}, 'import time\ntime.sleep(0.5)'],
])('no pool that %s is closed for another: the run has a tree of its own', async (_, changes, code) => {
  use({ ...changes, mostPools: 1 });
  await warmUp({ maxFiles: 1 });
  const first = run(code, { maxFiles: 1 });
  if ('keepMs' in changes) await first;
  await warmUp({ maxFiles: 2 });
  expect((await first).ok).toBe(true);
  expect(supervisors()).toHaveLength(1);
});

test('a pool that rests is closed, and opened again by the next run', async () => {
  use({ idleMs: 200 });
  await warmUp();
  expect(held.pools.size).toBe(1);
  await expect.poll(() => [held.pools.size, supervisors().length]).toEqual([0, 0]);
  expect((await run('result = 2')).result).toBe(2);
});

test('a run that lasts longer than a pool may rest is not disturbed', async () => {
  use({ idleMs: 50 });
  const code = 'import time\ntime.sleep(0.4)\nresult = 1';
  const results = await Promise.all([run(code), run(code)]);
  expect(results.map(({ result }) => result)).toEqual([1, 1]);
});

test('closing waits for the runs that were asked for, the queued ones too', async () => {
  await warmUp();
  const runs = [1, 2, 3, 4, 5].map((n) => run(`import time\ntime.sleep(0.1)\nresult = ${n}`));
  await expect.poll(() => held.pools.size).toBe(1);
  await held.pools.close();
  expect(supervisors()).toEqual([]);
  expect((await Promise.all(runs)).map(({ result }) => result)).toEqual([1, 2, 3, 4, 5]);
});

test.each([['level process', { isolation: { exactly: 'process' } } as const]])(
  '%s has no tree to share',
  async (_, policy) => {
    expect((await run('result = 1', policy)).result).toBe(1);
    expect([held.pools.size, supervisors()]).toEqual([0, []]);
  },
);

describe('an abort', () => {
  test('before the call: nothing is started', async () => {
    const { status } = await runIn(held.pools, '1', {}, { signal: AbortSignal.abort() });
    expect([status, held.pools.size]).toEqual(['cancelled', 0]);
  });

  test('while the pool opens: the run ends at once, the others go on', async () => {
    const controller = new AbortController();
    const first = run('1');
    const cancelled = runIn(held.pools, 'while True: pass', {}, { signal: controller.signal });
    const other = run('result = 1');
    const ended: string[] = [];
    const endings = [cancelled.then(() => ended.push('aborted')), other.then(() => ended.push('other'))];
    // Sooner than any timer, or the pool may be open by then.
    while (held.pools.size === 0) await setImmediate();
    controller.abort();
    expect((await cancelled).status).toBe('cancelled');
    expect((await other).result).toBe(1);
    await Promise.all(endings);
    expect(ended).toEqual(['aborted', 'other']);
    expect((await first).ok).toBe(true);
  });
});

describe('a pool that cannot start', () => {
  const brokenHarness = (request: SharedRequest): SharedRequest => ({
    ...request,
    facts: { ...request.facts, harness: { ...request.facts.harness, bundle: Buffer.from('no code') } },
  });
  const brokenJail = (request: SharedRequest): SharedRequest => {
    const plan = (): Plan => {
      const built = request.plan();
      const { seccomp } = built.worker;
      if (seccomp === null) throw new Error('The plan has no seccomp program.');
      return { ...built, worker: { ...built.worker, seccomp: { ...seccomp, program: 'AAAAAAAAAAA=' } } };
    };
    return { ...request, plan };
  };

  test("while nobody waits is nobody's error: the next run is a first one", async () => {
    use({ pauseMs: 0 });
    const good = await requestOf('result = 1');
    const facts = { ...good.facts, harness: { ...good.facts.harness } };
    const ending = held.pools.run({ ...good, facts });
    Object.assign(facts.harness, { bundle: Buffer.from('no code') });
    expect((await ending).stop).toBe('outcome');
    await expect.poll(() => [held.pools.size, supervisors().length]).toEqual([1, 0]);
    expect((await held.pools.run({ ...good, facts: good.facts })).stop).toBe('outcome');
  });

  test.each([
    ['START_FAILED', brokenHarness],
    ['SANDBOX_FAILED', brokenJail],
  ])('%s: the error of a cold run for each, and the next run begins anew', async (code, breakIt) => {
    const good = await requestOf('result = 1');
    const bad = breakIt(good);
    const cold = oneshotEngine.run({ ...bad.order, plan: bad.plan(), harness: bad.facts.harness.bundle });
    const { message, hint, details } = await cold.catch((error: unknown) => Object(error));
    expect(message).toBeTypeOf('string');
    // The first is cold, and the second the first of a pool.
    const both = await Promise.allSettled([held.pools.run(bad), held.pools.run(bad)]);
    expect(both).toMatchObject([1, 2].map(() => ({ reason: { code, message, hint, details } })));
    expect(held.pools.size).toBe(0);
    expect((await run('result = 2')).result).toBe(2);
  });
});
