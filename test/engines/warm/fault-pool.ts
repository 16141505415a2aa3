import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import {
  createRunner,
  type IsolationLevel,
  type Logger,
  presets,
  type Runner,
  type RunnerInfo,
  type RunnerPolicy,
  type RunResult,
} from '../../../src/index.js';
import { findCgroups } from '../../leftovers/find-cgroups.js';
import { findTree, type Tree } from './processes.js';

/** A pool to which faults happen; whatever process it had is looked for when it is closed. */
export interface FaultPool {
  readonly runner: Runner;
  /** The processes as they are now. */
  tree(): Tree;
  /** The pool answers as ever: several runs, each with its own result. */
  expectWell(): Promise<void>;
}

export interface FaultPoolOptions {
  readonly level: IsolationLevel;
  readonly size: number;
  readonly policy?: RunnerPolicy;
  readonly logger?: Logger;
}

export const LOST = 'Crashed: the supervisor of the run was lost before the run ended';

const WELL_WITHIN_MS = 10_000;
const CLOSE_WITHIN_MS = 10_000;
const GONE_WITHIN_MS = 3000;

/** Opens a pool, lets the body do its worst, closes the pool and sees that nothing of it is left. */
export async function withFaultPool(
  { level, size, policy = {}, logger }: FaultPoolOptions,
  body: (pool: FaultPool) => Promise<void>,
): Promise<void> {
  const before = temporaryFiles();
  const seen = new Set<number>();
  const runner = await createRunner({
    policy: { ...presets.agent, timeoutSeconds: 1, ...policy, isolation: { exactly: level } },
    warm: { size },
    logger,
  });
  const tree = (): Tree => {
    const found = findTree();
    for (const pid of [found.supervisor, found.zygote, ...found.workers]) seen.add(pid);
    return found;
  };
  try {
    await until(runner, ({ idle }) => idle === size);
    tree();
    await body({ runner, tree, expectWell: () => expectWell(runner, size) });
    if (runner.info().idle > 0) tree();
  } finally {
    await within(CLOSE_WITHIN_MS, runner.close('kill'));
  }
  await expect.poll(() => [...seen].filter(isAlive), { timeout: GONE_WITHIN_MS }).toEqual([]);
  await expect.poll(ownCgroups, { timeout: GONE_WITHIN_MS }).toEqual([]);
  await expect
    .poll(() => temporaryFiles().filter((name) => !before.includes(name)), { timeout: GONE_WITHIN_MS })
    .toEqual([]);
}

/** No hang: what is not settled by then is an error of its own. */
export async function within<T>(mostMs: number, work: PromiseLike<T>): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([
      work,
      delay(mostMs, undefined, { signal: late.signal }).then(() => {
        throw new Error(`Not settled within ${mostMs} ms.`);
      }),
    ]);
  } finally {
    late.abort();
  }
}

export async function until(runner: Runner, condition: (info: RunnerInfo) => boolean): Promise<void> {
  await waitFor(
    () => condition(runner.info()),
    () => JSON.stringify(runner.info()),
  );
}

export async function waitFor(condition: () => boolean, describe: () => string): Promise<void> {
  const deadline = performance.now() + WELL_WITHIN_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`It never came to that: ${describe()}`);
    await delay(2);
  }
}

/** Status, error and result of a run, to be compared whole. */
export function summary({ status, error, result }: RunResult): readonly unknown[] {
  return [status, error === null ? null : String(error), result];
}

/** A zombie is dead: whether somebody reaps it is a matter of the machine's pid 1. */
export function isAlive(pid: number): boolean {
  return !['Z', 'X', ''].includes(stateOf(pid));
}

export function stateOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] ?? '';
  } catch {
    return '';
  }
}

/** The control groups of the pools of this process. */
export function ownCgroups(): string[] {
  return findCgroups().filter((path) => path.includes(`/pungi-${process.pid}-`));
}

async function expectWell(runner: Runner, size: number): Promise<void> {
  const runs = Array.from({ length: 2 * size + 2 }, (_, index) => runner.run('result = input_data', index));
  const results = await within(WELL_WITHIN_MS, Promise.all(runs));
  expect(results.map(summary)).toEqual(results.map((_, index) => ['ok', null, index]));
  await until(runner, ({ idle }) => idle === size);
  expect(runner.info()).toMatchObject({ state: 'open', idle: size, busy: 0, pending: 0 });
}

/** Another suite may be at work beside us. */
export function temporaryFiles(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`pungi-${process.pid}-`));
}
