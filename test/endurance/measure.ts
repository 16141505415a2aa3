import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import type { Runner } from '../../src/index.js';
import { ownCgroups, stateOf } from '../engines/warm/fault-pool.js';
import { childrenOf, openDescriptors, residentKb } from '../engines/warm/processes.js';

/** What is held at a quiet moment: nothing of it may grow with the number of runs. */
export interface Measures {
  readonly counts: {
    readonly processes: number;
    readonly descriptors: number;
    readonly nodeDescriptors: number;
    readonly cgroups: number;
    readonly files: number;
  };
  readonly memory: {
    readonly supervisorsKb: number;
    readonly zygotesKb: number;
    readonly nodeKb: number;
    readonly nodeHeapKb: number;
  };
}

const SETTLE_MS = 20_000;

/** When the dust has settled: every pool is full again, no session lives, nothing is on its way to its end. */
export async function measure(runners: readonly Runner[], size: number): Promise<Measures> {
  await expect
    .poll(() => runners.map((runner) => briefInfo(runner)), { timeout: SETTLE_MS })
    .toEqual(runners.map(() => ({ idle: size, busy: 0, pending: 0, sessions: 0 })));
  // Workdirs of the last runs are still being removed, and workers born ahead of need.
  let last = -1;
  for (let now = countProcesses(); now !== last; now = countProcesses()) {
    last = now;
    await delay(400);
  }
  const heapKb = heapInUseKb();
  const supervisors = childrenOf(process.pid).filter(isSupervisor);
  const zygotes = supervisors.flatMap(childrenOf);
  return {
    counts: {
      processes: countProcesses(),
      descriptors: sum([...supervisors, ...zygotes].map(openDescriptors)),
      nodeDescriptors: readdirSync('/proc/self/fd').length,
      cgroups: ownCgroups().length,
      files: readdirSync(tmpdir()).length,
    },
    memory: {
      supervisorsKb: sum(supervisors.map(residentKb)),
      zygotesKb: sum(zygotes.map(residentKb)),
      nodeKb: residentKb(process.pid),
      nodeHeapKb: heapKb,
    },
  };
}

function briefInfo(runner: Runner): Record<string, number> {
  const { idle, busy, pending, sessions } = runner.info();
  return { idle, busy, pending, sessions };
}

function countProcesses(): number {
  return descendantsOf(process.pid).filter((pid) => stateOf(pid) !== 'Z').length;
}

function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

function isSupervisor(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('pungi_harness');
  } catch {
    return false;
  }
}

function heapInUseKb(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new TypeError('V8 gives no way to collect garbage.');
  collect();
  return Math.round(process.memoryUsage().heapUsed / 1024);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
