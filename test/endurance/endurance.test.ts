import { writeFileSync } from 'node:fs';
import { cpus, loadavg, release } from 'node:os';
import { expect, test } from 'vitest';
import { closeSharedPools, createRunner, presets, type Runner } from '../../src/index.js';
import { wantedJails } from '../conformance/wanted-levels.js';
import { within } from '../engines/warm/fault-pool.js';
import { layBait } from '../security/bait.js';
import { GOOD } from './good-actions.js';
import { HOSTILE } from './hostile-actions.js';
import { type Measures, measure } from './measure.js';
import type { Action, Place } from './place.js';
import { SESSIONS } from './session-actions.js';

const SECONDS = Number(process.env['PUNGI_ENDURANCE_SECONDS'] ?? 120);
/** Where the record of a long run goes, for scripts/endurance-page.mjs. */
const RECORD = process.env['PUNGI_ENDURANCE_RECORD'];
const ROUNDS = Math.max(6, Math.round(SECONDS / 60));
const LEVELS = wantedJails();
const SIZE = 4;
/** Of each level, all at once. */
const CALLERS = 8;
const ACTIONS: readonly Action[] = [...GOOD, ...HOSTILE, ...SESSIONS];
/** Longer than any deadline: what is not answered by then is lost. */
const LOST_MS = 60_000;
const MOST_FAILURES = 50;
/** One frame of the largest kind, for each of the trees: a runner's, its sessions', the shared pool's. */
const SLACK_KB = 6144 * 3 * LEVELS.length;
const ZYGOTES_SLACK_KB = 1024;
const NODE_HEAP_SLACK_KB = 10_240;

interface Round {
  readonly seconds: number;
  readonly done: number;
  readonly load: number;
  readonly medianMs: number;
  readonly measures: Measures;
}

/** Everything that happened, by action: how long each took, and what was wrong. */
class Log {
  readonly tookMs = new Map<string, number[]>();
  readonly failures: string[] = [];
  done = 0;

  async record(action: Action, place: Place): Promise<number> {
    const startedAt = performance.now();
    try {
      await within(LOST_MS, action.act(place));
    } catch (error) {
      const { restarts, lastLoss } = place.runner.info();
      const tree = restarts === 0 ? '' : `; ${restarts} restarts, the last for: ${lastLoss}`;
      if (this.failures.length < MOST_FAILURES)
        this.failures.push(`${place.level}, ${action.name}: ${String(error)}${tree}`);
    }
    const tookMs = performance.now() - startedAt;
    this.done += 1;
    const all = this.tookMs.get(action.name) ?? [];
    all.push(tookMs);
    this.tookMs.set(action.name, all);
    return tookMs;
  }
}

test(
  `${SECONDS} s of mixed load from ${CALLERS * LEVELS.length} callers: nothing grows, no answer is wrong, no run is lost`,
  async () => {
    await using bait = await layBait();
    const places = await Promise.all(LEVELS.map((level, index) => openPlace(level, index, bait)));
    const runners = places.map(({ runner }) => runner);
    const log = new Log();
    const startedAt = performance.now();
    const rounds: Round[] = [];
    try {
      // Everything once, so that every tree, cache and module of Node is there before the first look.
      for (const place of places) for (const action of ACTIONS) await log.record(action, place);
      for (let round = 0; round < ROUNDS; round += 1) {
        const before = log.done;
        const until = startedAt + ((round + 1) * SECONDS * 1000) / ROUNDS;
        const lanes = places.flatMap((place) =>
          Array.from({ length: CALLERS }, () => callUntil(until, place, log)),
        );
        const values = (await Promise.all(lanes)).flat();
        rounds.push({
          seconds: Math.round((performance.now() - startedAt) / 100) / 10,
          done: log.done - before,
          load: loadavg()[0] ?? 0,
          medianMs: percentile(values, 0.5),
          measures: await measure(runners, SIZE),
        });
        if (RECORD !== undefined) writeRecord(RECORD, rounds, log);
      }
    } finally {
      await Promise.all([...runners.map((runner) => runner.close('kill')), closeSharedPools()]);
    }
    console.table(
      rounds.map(({ measures, ...rest }) => ({ ...rest, ...measures.counts, ...measures.memory })),
    );
    expect(log.failures).toEqual([]);
    expectFlat(rounds);
  },
  (SECONDS + 300) * 1000,
);

function expectFlat(rounds: readonly Round[]): void {
  const counts = rounds.map(({ measures }) => measures.counts);
  expect(counts).toEqual(counts.map(() => counts[0]));
  // The first third fills buffers and caches up to the largest of each kind.
  const part = Math.floor(rounds.length / 3);
  const least = (some: readonly Round[], name: keyof Measures['memory']): number =>
    Math.min(...some.map(({ measures }) => measures.memory[name]));
  const grown = (name: keyof Measures['memory']): number =>
    least(rounds.slice(-part), name) - least(rounds.slice(-2 * part, -part), name);
  expect(grown('supervisorsKb')).toBeLessThan(SLACK_KB);
  expect(grown('zygotesKb')).toBeLessThan(ZYGOTES_SLACK_KB);
  expect(grown('nodeHeapKb')).toBeLessThan(NODE_HEAP_SLACK_KB);
}

async function openPlace(level: Place['level'], index: number, bait: Place['bait']): Promise<Place> {
  const runner: Runner = await createRunner({
    policy: {
      ...presets.agent,
      isolation: { exactly: level },
      timeoutSeconds: 20,
      diskLimitMb: 16,
    },
    warm: { size: SIZE },
    maxSessions: 6 * CALLERS,
  });
  return { level, runner, bait, below: createDice(index + 1) };
}

/** One caller: one action after another, each chosen by its weight. */
async function callUntil(until: number, place: Place, log: Log): Promise<number[]> {
  const values: number[] = [];
  while (performance.now() < until) {
    const action = choose(place);
    const tookMs = await log.record(action, place);
    if (action === ACTIONS[0]) values.push(tookMs);
  }
  return values;
}

const BOUNDS = ACTIONS.map((_, index) =>
  ACTIONS.slice(0, index + 1).reduce((total, { weight }) => total + weight, 0),
);
const TOTAL = BOUNDS.at(-1) ?? 0;

function choose({ below }: Place): Action {
  const at = below(TOTAL);
  const chosen = ACTIONS.find((_, index) => at < (BOUNDS[index] ?? 0));
  if (chosen === undefined) throw new Error('The weights do not add up.');
  return chosen;
}

/** Park and Miller's generator: the same choices in every run. */
function createDice(seed: number): (limit: number) => number {
  let state = seed * 7919;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 100) / 100;
}

function writeRecord(path: string, rounds: readonly Round[], log: Log): void {
  const record = {
    at: new Date().toISOString(),
    machine: { kernel: release(), cores: cpus().length, node: process.version, uid: process.getuid?.() },
    seconds: SECONDS,
    callers: CALLERS * LEVELS.length,
    levels: LEVELS,
    done: log.done,
    failures: log.failures,
    actions: [...log.tookMs].map(([name, values]) => ({
      name,
      count: values.length,
      p50: percentile(values, 0.5),
      p95: percentile(values, 0.95),
      most: percentile(values, 1 - 1e-9),
    })),
    rounds,
  };
  writeFileSync(path, `${JSON.stringify(record, null, 1)}\n`);
}
