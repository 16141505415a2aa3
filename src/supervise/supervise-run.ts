// Theory of operation. A run ends in one of two ways: the supervisor says so (`end`), or the supervisor is gone. Node
// has reasons of its own to stop a run (abort, memory of the whole tree, a deadline that the supervisor let pass);
// each is one promise in one race, and the winner becomes an order to the supervisor. The supervisor records the
// first reason that reached it, so that an order which comes too late changes nothing. When even the order is not
// obeyed, the supervisor is killed, and with it, by the parent-death signal, all that it started.
import { setTimeout as sleep } from 'node:timers/promises';
import { FRAME } from '../protocol/frame-kinds.js';
import type { Ending, EndReport, StopReason } from '../result/ending.js';
import type { IsolationReport, SessionState } from '../result/run-result.js';
import { aborted } from './aborted.js';
import { elapsed } from './elapsed.js';
import { endingLimits } from './ending-limits.js';
import { createLifetime, type Lifetime, type Until } from './lifetime.js';
import type { Observation } from './observe-run.js';
import { isHeldUp } from './process-state.js';
import type { RunContext } from './run-context.js';
import { exceedsMemory } from './sample-memory.js';
import { sendJob } from './send-job.js';

/** The supervisor holds the deadline; this much later Node no longer believes that it does. */
const DEADLINE_GRACE_MS = 1000;
const MB = 1024 * 1024;
/** An order to stop that is not obeyed by then is carried out on the supervisor itself. */
const STOP_GRACE_MS = 2000;
/** As often at most a supervisor that is held up is waited for again. */
const MOST_PATIENCE = 10;

/** Sends the job to a ready worker and sees it to its end. */
export function superviseRun(
  context: RunContext,
  observation: Observation,
  isolation: IsolationReport,
): Promise<Ending> {
  return watchRun(context, observation, isolation, beginRun(context));
}

/** A job that is on its way, perhaps ahead of the worker that will take it. */
export interface BegunRun {
  readonly sent: Promise<void>;
  /** When the supervisor last took a piece of it, by `performance.now()`. */
  readonly lastTakenAt: () => number;
  /** Ends the sending and all that waits for the run. */
  readonly losers: Lifetime;
}

export function beginRun({ supervisor, run, job }: RunContext): BegunRun {
  const losers = createLifetime();
  let takenAt = performance.now();
  const watched: Pick<typeof supervisor, 'send' | 'flush'> = {
    async send(kind, about, bytes) {
      await supervisor.send(kind, about, bytes);
      takenAt = performance.now();
    },
    flush: () => supervisor.flush(),
  };
  return { losers, sent: sendJob(watched, run, job, losers), lastTakenAt: () => takenAt };
}

export async function watchRun(
  context: RunContext,
  observation: Observation,
  isolation: IsolationReport,
  begun: BegunRun,
): Promise<Ending> {
  const { sent, losers } = begun;
  const startedAt = performance.now();
  try {
    const reasons = reasonsToStop(context, observation, begun);
    const ended = endOf(context, observation);
    observation.begin();
    const first = await Promise.race([ended, reasons]);
    const end = typeof first === 'string' ? await stop(context, observation, ended, first) : first;
    const own = typeof first === 'string' ? first : 'lost';
    return await describe(context, observation, { end, stop: end?.reason ?? own, isolation, startedAt });
  } catch (error) {
    // The run cannot be told of any more, as when a listener threw: it must not go on unheard.
    orderStop(context, 'cancelled');
    throw error;
  } finally {
    losers.end();
    observation.endCalls();
    await sent;
  }
}

/** How long the supervisor may wait for a step that it has interrupted. */
function graceOf({ step }: RunContext['job']): number {
  return step?.graceMs ?? 0;
}

/** `null` when the supervisor is gone without a word. */
function endOf({ supervisor }: RunContext, observation: Observation): Promise<EndReport | null> {
  return Promise.race([observation.end, supervisor.exited.then(() => null)]);
}

function reasonsToStop(
  { job, plan, callbacks }: RunContext,
  observation: Observation,
  { losers: until, lastTakenAt }: BegunRun,
): Promise<StopReason> {
  const abort = aborted(callbacks.signal, until).then((): StopReason => 'cancelled');
  const isCounted = job.functions === null || job.functions.countHostTime;
  const patienceMs = (): number =>
    job.timeoutMs + graceOf(job) + DEADLINE_GRACE_MS + (isCounted ? 0 : observation.hostMs());
  const startedAt = performance.now();
  const onSample = (bytes: number): void =>
    callbacks.onUsage?.({ wallMs: performance.now() - startedAt, memoryMb: bytes / MB });
  const overdue = silence(patienceMs, lastTakenAt, until).then((): StopReason => 'timeout');
  const memory = observation.lasting
    .then((pid) => exceedsMemory({ pid, memoryBytes: plan.limits.memoryBytes, onSample }, until))
    .then((exceeded): StopReason | Promise<never> =>
      exceeded ? 'memory' : new Promise<never>(() => undefined),
    );
  return Promise.race([abort, overdue, memory]);
}

/**
 * Resolves when the supervisor has taken nothing more of the job for so long: stuck, or with a deadline let pass. It may
 * become longer, by as long as functions of the host are at work.
 */
async function silence(ms: () => number, lastTakenAt: () => number, until: Until): Promise<void> {
  const from = performance.now();
  const left = (): number => Math.max(from, lastTakenAt()) + ms() - performance.now();
  for (let rest = left(); rest > 0; rest = left()) await elapsed(rest, until);
}

function orderStop({ supervisor, run }: RunContext, reason: StopReason): void {
  void supervisor.send(FRAME.stop, run, Buffer.from(JSON.stringify({ reason })));
}

async function stop(
  context: RunContext,
  observation: Observation,
  ended: Promise<EndReport | null>,
  reason: StopReason,
): Promise<EndReport | null> {
  orderStop(context, reason);
  const patienceMs = STOP_GRACE_MS + graceOf(context.job);
  const obeyed = ended.then(() => true);
  let worker: number | null = null;
  void observation.lasting.then((pid) => {
    worker = pid;
  });
  for (let asked = 0; asked < MOST_PATIENCE; asked += 1) {
    if (await Promise.race([obeyed, sleep(patienceMs, false, { ref: false })])) return ended;
    // It has other runs as well, which would end with it: on a crowded machine it may only be slow.
    if (!(await isHeldUp(context.supervisor.pid, worker))) break;
  }
  context.supervisor.kill();
  return ended;
}

/** The supervisor answers a step either while its worker lives or when it is dead. */
function sessionAfter({ step }: RunContext['job'], end: EndReport | null): SessionState | null {
  if (step === null) return null;
  return end !== null && end.waitStatus === null ? 'alive' : 'ended';
}

interface Facts {
  readonly end: EndReport | null;
  readonly stop: StopReason;
  readonly isolation: IsolationReport;
  readonly startedAt: number;
}

async function describe(context: RunContext, observation: Observation, facts: Facts): Promise<Ending> {
  const observed = await observation.finish();
  const { startedAt, ...known } = facts;
  return {
    ...known,
    outcome: observed.outcome,
    streams: observed.streams,
    files: observed.collected.files,
    filesLeftOut: observed.collected.leftOut,
    displays: observed.shown.displays,
    metadata: observed.shown.metadata,
    displayNotes: [...observed.shown.notes, ...observed.conducted.notes],
    calls: observed.conducted.calls,
    waitMs: startedAt - context.askedAt,
    wallMs: performance.now() - startedAt,
    limits: endingLimits(context),
    session: sessionAfter(context.job, facts.end),
  };
}
