import { posix } from 'node:path';
import type { Denial } from '../result/run-result.js';
import type { Need } from './learning.js';

const KEYS = ['readablePaths', 'writablePaths', 'allowNetwork', 'allowSubprocess'] as const;

/** Each refusal with what would allow it, as its hint says. The same answer to two refusals is given once. */
export function findNeeds(denials: readonly Denial[]): readonly Need[] {
  const needs = denials.map(needOf);
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
