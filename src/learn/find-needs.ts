import { posix } from 'node:path';
import { isWithin } from '../host/path-parts.js';
import type { Seen } from '../result/ending.js';
import type { Denial } from '../result/run-result.js';
import type { Need } from './learning.js';

const KEYS = ['readablePaths', 'writablePaths', 'allowNetwork', 'allowSubprocess'] as const;

/** At level `full` a run has a directory of its own there, and nothing is refused. */
const SCRATCH = '/tmp';

/** Each refusal with what would allow it, as its hint says. The same answer to two refusals is given once. */
export function findNeeds(
  denials: readonly Denial[],
  seen: Seen | null,
  granted: readonly string[],
): readonly Need[] {
  const missed = seen === null ? [] : missedInScratch(seen, granted);
  const needs = [...denials, ...missed].map(needOf);
  const text = ({ key, value, denial }: Need): string =>
    key === null ? denial.message : `${key} ${String(value)}`;
  return needs.filter((need, index) => needs.findIndex((other) => text(other) === text(need)) === index);
}

function needOf(denial: Denial): Need {
  const key = KEYS.find((name) => denial.hint.includes(name)) ?? null;
  if (key === null) return { key, value: null, denial };
  if (key === 'allowNetwork' || key === 'allowSubprocess') return { key, value: true, denial };
  // A relative path is meant in the working directory, and leads out of it: no path of a policy brings it there.
  if (!denial.target.startsWith('/')) return { key: null, value: null, denial };
  const path = posix.normalize(denial.target);
  const isDirectory = key === 'writablePaths' || denial.action === 'dlopen';
  return { key, value: isDirectory ? posix.dirname(path) : path, denial };
}

/** Reads beneath `/tmp` of what the run has not put there itself: they were meant for the `/tmp` of the host. */
function missedInScratch({ reads, writes, workdir }: Seen, granted: readonly string[]): readonly Denial[] {
  const known = [workdir, ...granted, ...writes.filter((path) => path !== SCRATCH)];
  const paths = reads.filter((path) => path !== SCRATCH && isWithin(path, SCRATCH));
  return paths
    .filter((path) => !known.some((other) => isWithin(path, other)))
    .map((target) => ({
      layer: 'filesystem',
      action: 'open',
      target,
      line: null,
      message: `Reading '${target}' finds only the directory /tmp of the run itself.`,
      hint: `Add '${target}' to readablePaths, or hand the file in by files.`,
    }));
}
