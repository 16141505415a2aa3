import { availableParallelism } from 'node:os';
import { z } from 'zod';
import type { PungiError } from '../../errors/pungi-error.js';
import { badSetting } from '../../job/invalid-input.js';
import { readNamed } from '../../job/read-named.js';
import { isModuleName } from '../../policy/python-names.js';
import type { PoolSettings } from './pool.js';

/** How a runner keeps processes ready. */
export interface WarmOptions {
  /** How many runs go on at once, and how many workers wait ahead of need; by default 4, or one for each core. */
  readonly size?: number | undefined;
  /** Modules imported once, before any run; none by default. */
  readonly preload?: readonly string[] | undefined;
  /** How many runs may wait for a worker; 10,000 by default. */
  readonly maxPending?: number | undefined;
  /** After so many runs the process that workers are forked from is replaced; 10,000 by default. */
  readonly zygoteMaxRuns?: number | undefined;
  /** After so many seconds it is replaced; 3,600 by default. */
  readonly zygoteMaxAgeSeconds?: number | undefined;
}

export interface ResolvedWarm extends PoolSettings {
  readonly preload: readonly string[];
}

const LEAST_SIZE = 4;
const MOST_SIZE = 1024;
const MOST_PENDING = 1_000_000;
const MOST_RUNS = 1_000_000_000;
const LONGEST_AGE_SECONDS = 2_000_000;
const MOST_PRELOADS = 100;

const whole = (min: number, max: number): z.ZodNumber => z.number().int().min(min).max(max);

const schema = z.strictObject({
  size: whole(1, MOST_SIZE).default(() => Math.max(LEAST_SIZE, availableParallelism())),
  preload: z.array(z.string().refine(isModuleName)).max(MOST_PRELOADS).default([]),
  maxPending: whole(0, MOST_PENDING).default(10_000),
  zygoteMaxRuns: whole(1, MOST_RUNS).default(10_000),
  zygoteMaxAgeSeconds: z.number().positive().max(LONGEST_AGE_SECONDS).default(3600),
});

const ALLOWED: Readonly<Record<keyof z.infer<typeof schema>, string>> = {
  size: `a whole number from 1 to ${MOST_SIZE}`,
  preload: `a list of at most ${MOST_PRELOADS} module names such as 'numpy'`,
  maxPending: `a whole number from 0 to ${MOST_PENDING}`,
  zygoteMaxRuns: `a whole number from 1 to ${MOST_RUNS}`,
  zygoteMaxAgeSeconds: `a number above 0 and at most ${LONGEST_AGE_SECONDS}`,
};

/** Checks the options of a pool and fills in what was left out; throws `INVALID_INPUT` for the first thing wrong. */
export function resolveWarm(options: unknown): ResolvedWarm {
  const given = readNamed('warm', options, Object.keys(ALLOWED));
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw badValue(parsed.error.issues[0]?.path[0], given);
  const { zygoteMaxAgeSeconds, ...rest } = parsed.data;
  return { ...rest, zygoteMaxAgeMs: zygoteMaxAgeSeconds * 1000 };
}

function badValue(key: PropertyKey | undefined, given: Readonly<Record<string, unknown>>): PungiError {
  const name = String(key);
  const allowed = name in ALLOWED ? Reflect.get(ALLOWED, name) : 'a known key';
  return badSetting(`warm.${name}`, given[name], allowed);
}
