import { needsFontList } from '../engines/font-list.js';
import { type FunctionSet, mergeFunctions } from '../functions/collect-functions.js';
import { checkCallbacks, type RunCallbacks } from '../job/check-callbacks.js';
import { refuseOneshot } from '../job/check-oneshot.js';
import type { Job } from '../job/job.js';
import { prepareJob } from '../job/prepare-job.js';
import { prepareRun } from '../job/prepare-run.js';
import type { Logger } from '../log/logger.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { orThrow } from '../result/or-throw.js';
import type { RunResult } from '../result/run-result.js';
import { concludeRun } from '../supervise/conclude-run.js';
import type { RunEvent } from '../supervise/run-event.js';
import { createRunHandle } from '../supervise/run-handle.js';
import type { Checkpoints } from './checkpoints.js';
import type { Session } from './session.js';
import { createSessionFiles } from './session-files.js';
import { createSessionLife, type SessionLife, type SessionOwner } from './session-life.js';
import type { ResolvedSession } from './session-options.js';
import { checkVariableName, readVariables } from './variables.js';

export interface SessionMakings extends SessionOwner {
  readonly policy: ResolvedPolicy;
  readonly checkpoints: Checkpoints;
  /** Functions of the runner; `null` without. */
  readonly offered: FunctionSet | null;
  readonly log: Logger;
  /** Completes a job that plots, unless it is aborted. */
  readonly withFonts: (job: Job, signal: AbortSignal | null) => Promise<Job>;
}

/** A checkpoint has no steps to wait for. */
const NEVER = Number.POSITIVE_INFINITY;
const NO_CALLBACKS: RunCallbacks = checkCallbacks(undefined);

/** Opens the first worker; throws what kept it from starting. */
export async function openSession(makings: SessionMakings, options: ResolvedSession): Promise<Session> {
  const beginning = { open: makings.openPlace, steps: 0 };
  return sessionOf(makings, options, await createSessionLife(makings, options, beginning));
}

function sessionOf(makings: SessionMakings, options: ResolvedSession, life: SessionLife): Session {
  const { policy } = makings;
  const offered = mergeFunctions(makings.offered, options.functions);

  /** A step that nobody listens to. */
  function ask(purpose: Job['purpose'], input: unknown): Promise<RunResult> {
    const job = { ...prepareJob('pass', input, undefined, { ...policy, stripFences: false }), purpose };
    return life.step({ job, callbacks: NO_CALLBACKS, askedAt: performance.now(), emit: () => undefined });
  }

  return {
    run(code, inputData, runOptions) {
      const askedAt = performance.now();
      return createRunHandle(async (emit: (event: RunEvent) => void) => {
        const asked = prepareRun(code, inputData, runOptions, policy, offered);
        const { callbacks } = asked;
        refuseOneshot(runOptions);
        const job = life.numbered(asked.job, inputData === undefined);
        const order = { job, callbacks, askedAt, emit };
        const prepare = needsFontList(job)
          ? (numbered: Job) => makings.withFonts(numbered, callbacks.signal)
          : null;
        return concludeRun(await life.step(order, prepare), callbacks.onEvent, emit, makings.log);
      });
    },
    reset: () => life.reset(),
    fork: async () => sessionOf(makings, options, await life.fork(options)),
    checkpoint: async () => makings.checkpoints.keep(await life.fork({ ...options, idleMs: NEVER })),
    restore: async (checkpoint) => life.restore(makings.checkpoints.find(checkpoint)),
    async vars() {
      return readVariables(orThrow(await ask('vars', {})).result);
    },
    async get(name) {
      return orThrow(await ask('get', { name: checkVariableName(name) })).result;
    },
    async set(name, value) {
      orThrow(await ask('set', { name: checkVariableName(name), value }));
    },
    files: createSessionFiles((touch) => life.touch(touch), policy.diskBytes),
    get state() {
      return life.state;
    },
    close: (how = 'drain') => life.close(how),
    [Symbol.asyncDispose]: () => life.close('drain'),
  };
}
