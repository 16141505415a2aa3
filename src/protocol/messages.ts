import { z } from 'zod';

/**
 * Theory of operation. `outcome` was written by a process that ran hostile code, and is forwarded unread by the
 * supervisor; the others come from the supervisor or from a worker before user code. All are checked alike: no unknown
 * key, words from closed lists, whole numbers in range, short lists. Strings are bounded by the cap of their frame.
 */
const MAX_NOTES = 1000;
const MAX_DENIALS = 1000;
const MAX_SEEN = 1000;
const MAX_FILES_LEFT_OUT = 100_000;

const count = z.int().nonnegative();
const amount = z.number().nonnegative();
const place = count.nullable();

const wireError = z.strictObject({
  type: z.string(),
  message: z.string(),
  traceback: z.string(),
  line: place,
  column: place,
  excerpt: z.string().nullable(),
  suggestion: z.string().nullable(),
  errno: z.int().nullable(),
});

const denial = z.strictObject({
  layer: z.enum(['language', 'filesystem', 'network', 'process', 'seccomp']),
  action: z.string(),
  target: z.string(),
  line: place,
  message: z.string(),
  hint: z.string(),
});

const seenTexts = z.array(z.string().max(4096)).max(MAX_SEEN);

/** What a run asked for, where the plan orders that it be noted. */
const seenMessage = z.strictObject({
  imports: seenTexts,
  builtins: seenTexts,
  reads: seenTexts,
  writes: seenTexts,
  programs: seenTexts,
  hosts: seenTexts,
  workdir: z.string().max(4096),
  processes: count,
  openFiles: count,
  diskBytes: count,
  dropped: count,
});

/** What a worker claims. `result` is still a wire value: see `decodeValue`. */
export const outcomeMessage = z.strictObject({
  ending: z.enum(['ok', 'error', 'blocked', 'exit']),
  result: z.unknown(),
  hasResult: z.boolean(),
  resultRepr: z.string().nullable(),
  notes: z.array(z.string()).max(MAX_NOTES),
  error: wireError.nullable(),
  exitCode: z.int().min(0).max(255),
  denials: z.array(denial).max(MAX_DENIALS),
  /** There when the run was asked for them. The values are still wire values. */
  exports: z
    .strictObject({
      values: z.record(z.string(), z.unknown()),
      callables: z.record(z.string(), z.string()),
    })
    .optional(),
  /** There when the plan orders it. */
  seen: seenMessage.optional(),
});

/** What can have ended a run, or the worker of a session. */
export const STOP_REASONS = [
  'outcome',
  'exited',
  'timeout',
  'cancelled',
  'memory',
  'output',
  'disk',
  'cpu',
  'processes',
  'lost',
] as const;

/** What the supervisor saw; last message of a run. */
export const endMessage = z.strictObject({
  reason: z.enum(STOP_REASONS),
  waitStatus: z.int().min(0).max(0xffff).nullable(),
  wallMs: amount,
  cpuMs: amount,
  peakMemoryKb: amount,
  stdoutBytes: count,
  stderrBytes: count,
  filesLeftOut: z.array(z.strictObject({ name: z.string(), reason: z.string() })).max(MAX_FILES_LEFT_OUT),
  diskFull: z.boolean(),
  oomKilled: z.boolean(),
});

const isolationLayers = z.strictObject({
  namespaces: z.array(z.string()).max(16),
  landlock: count,
  seccomp: z.enum(['filter', 'off']),
  noNewPrivileges: z.boolean(),
  capabilities: z.enum(['none', 'kept']),
  ids: z.string(),
  rlimits: z.array(z.string()).max(64),
  cgroup: z.string().nullable(),
  proofs: z.array(z.string()).max(64),
});

/** The layers that a worker applied and proved before user code. */
export const readyMessage = z.strictObject({ layers: isolationLayers });

/** The jail could not be built or proved. */
export const failedMessage = z.strictObject({ layer: z.string(), message: z.string(), hint: z.string() });

/** A session could not be forked; `reason` may be in its own words. */
export const refusedMessage = z.strictObject({ reason: z.string() });

/** The worker of a session is gone; nothing comes of it after this. */
export const endedMessage = z.strictObject({
  reason: z.enum([...STOP_REASONS, 'closed']),
  waitStatus: z.int().min(0).max(0xffff).nullable(),
  cpuMs: amount,
  peakMemoryKb: amount,
});

/** Files in the workdir of a session, by names that its code has shaped. */
export const listingMessage = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string(), size: count, mode: z.int().min(0).max(0o777) }))
    .max(MAX_FILES_LEFT_OUT),
  isComplete: z.boolean(),
});

export const processMessage = z.strictObject({ pid: z.int().positive() });

/** A file out; `size` bytes follow. `name` is the worker's: checked again before anything is written. */
export const fileHeadMessage = z.strictObject({
  name: z.string().min(1).max(4096),
  size: count,
  mode: z.int().min(0).max(0o777),
});

export type EndMessage = z.infer<typeof endMessage>;
export type EndedMessage = z.infer<typeof endedMessage>;
export type ListingMessage = z.infer<typeof listingMessage>;
export type OutcomeMessage = z.infer<typeof outcomeMessage>;
export type ReadyMessage = z.infer<typeof readyMessage>;
