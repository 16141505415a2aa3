import { type CollectedDisplays, createDisplayCollector } from '../collect/collect-displays.js';
import type { CollectedFiles } from '../collect/file-store.js';
import { PungiError } from '../errors/pungi-error.js';
import type { ConductedCalls } from '../functions/call-ledger.js';
import type { FunctionSet } from '../functions/collect-functions.js';
import { type CallConductor, createCallConductor, NO_CALLS } from '../functions/conduct-calls.js';
import { FRAME } from '../protocol/frame-kinds.js';
import type { Frame } from '../protocol/frames.js';
import { endMessage, fileHeadMessage, processMessage } from '../protocol/messages.js';
import { isPlainEnd } from '../protocol/plain-messages.js';
import type { CapturedStream, EndReport, InvalidOutcome, Outcome } from '../result/ending.js';
import type { LiveEvent } from '../result/live-event.js';
import { createDeferred } from './deferred.js';
import { observeStream } from './observe-stream.js';
import { readFailure } from './read-failure.js';
import { readOutcome } from './read-outcome.js';
import { readTrusted } from './read-trusted.js';
import type { RunContext } from './run-context.js';

/** What is seen of one run while it goes on. */
export interface Observation {
  /** Tells that the run begins, if nothing has been told of it yet. */
  begin(): void;
  /** Frames of this run, in order; a promise holds the next ones back. */
  onFrame(frame: Frame): Promise<void> | null;
  /** The pid of the worker, once its run lasts. */
  readonly lasting: Promise<number>;
  /** Rejects when the supervisor could not begin the run. */
  readonly end: Promise<EndReport>;
  /** Milliseconds so far in which functions of the host were at work. */
  hostMs(): number;
  /** Aborts the calls that are under way; may be called again. */
  endCalls(): void;
  finish(): Promise<Observed>;
}

export interface Observed {
  readonly outcome: Outcome | InvalidOutcome | null;
  readonly streams: { readonly stdout: CapturedStream; readonly stderr: CapturedStream };
  readonly collected: CollectedFiles;
  readonly shown: CollectedDisplays;
  readonly conducted: ConductedCalls;
}

/** Sends an answer to the worker of this run; resolves when the channel has room again. */
export type SendAnswer = (payload: Uint8Array) => Promise<void>;

/** `sendAnswer` is `null` for a run that never starts. */
export function observeRun(
  { plan, callbacks, files, askedAt, emit }: Omit<RunContext, 'supervisor' | 'run'>,
  sendAnswer: SendAnswer | null = null,
): Observation {
  let hasBegun = false;
  const lasting = createDeferred<number>();
  const end = createDeferred<EndReport>();
  const { maxOutputBytes } = plan.limits;
  const tell = (event: LiveEvent, listen?: () => void): void => {
    // What a quick worker says may come before anybody has said that it began.
    begin();
    try {
      listen?.();
      callbacks.onEvent?.(event);
      emit(event);
    } catch (error) {
      // The caller's own error is the caller's to see; it ends the run.
      end.reject(error);
    }
  };
  function begin(): void {
    if (hasBegun) return;
    hasBegun = true;
    tell({ type: 'start', waitMs: performance.now() - askedAt });
  }
  const handOn = (type: 'stdout' | 'stderr', listener: ((text: string) => void) | null) => (text: string) =>
    tell({ type, text }, () => listener?.(text));
  const stdout = observeStream(maxOutputBytes, handOn('stdout', callbacks.onStdout));
  const stderr = observeStream(maxOutputBytes, handOn('stderr', callbacks.onStderr));
  const shown = createDisplayCollector(plan.limits);
  const conductor = conductorOf(callbacks.functions, sendAnswer, tell);
  const claims: (Outcome | InvalidOutcome)[] = [];

  return {
    begin,
    lasting: lasting.promise,
    end: end.promise,
    onFrame({ kind, payload }) {
      switch (kind) {
        case FRAME.stdout:
          stdout.push(payload);
          return null;
        case FRAME.stderr:
          stderr.push(payload);
          return null;
        case FRAME.display: {
          const display = shown.display(payload);
          if (display !== null) tell({ type: 'display', display }, () => callbacks.onDisplay?.(display));
          return null;
        }
        case FRAME.event: {
          const event = shown.event(payload);
          if (event !== null) tell(event);
          return null;
        }
        case FRAME.call:
          conductor.call(payload);
          return null;
        case FRAME.room:
          conductor.room(payload);
          return null;
        case FRAME.fileHead:
          return files.head(readTrusted(fileHeadMessage, payload));
        case FRAME.fileBody:
          return files.body(payload);
        case FRAME.process:
          lasting.resolve(readTrusted(processMessage, payload).pid);
          return null;
        case FRAME.outcome:
          claims.push(readOutcome(payload));
          return null;
        case FRAME.end:
          end.resolve(readTrusted(endMessage, payload, isPlainEnd));
          return null;
        case FRAME.failed:
          end.reject(readFailure(payload));
          return null;
        default:
          throw new PungiError('SANDBOX_FAILED', `The supervisor sent a frame of kind ${kind} for a run.`);
      }
    },
    hostMs: () => conductor.hostMs(),
    endCalls: () => void conductor.finish(),
    async finish() {
      const conducted = conductor.finish();
      return {
        conducted,
        outcome: claims[0] ?? null,
        streams: { stdout: stdout.finish(), stderr: stderr.finish() },
        collected: await files.finish(),
        shown: shown.finish(),
      };
    },
  };
}

function conductorOf(
  functions: FunctionSet | null,
  send: SendAnswer | null,
  tell: (event: LiveEvent) => void,
): CallConductor {
  return functions === null || functions.size === 0 || send === null
    ? NO_CALLS
    : createCallConductor({ functions, send, tell });
}
