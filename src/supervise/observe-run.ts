import { type CollectedDisplays, createDisplayCollector } from '../collect/collect-displays.js';
import type { CollectedFiles } from '../collect/file-store.js';
import { PungiError } from '../errors/pungi-error.js';
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
  /** Frames of this run, in order; a promise holds the next ones back. */
  onFrame(frame: Frame): Promise<void> | null;
  /** The pid of the worker, once its run lasts. */
  readonly lasting: Promise<number>;
  /** Rejects when the supervisor could not begin the run. */
  readonly end: Promise<EndReport>;
  finish(): Promise<Observed>;
}

export interface Observed {
  readonly outcome: Outcome | InvalidOutcome | null;
  readonly streams: { readonly stdout: CapturedStream; readonly stderr: CapturedStream };
  readonly collected: CollectedFiles;
  readonly shown: CollectedDisplays;
}

export function observeRun({
  plan,
  callbacks,
  files,
  emit,
}: Omit<RunContext, 'supervisor' | 'run'>): Observation {
  const lasting = createDeferred<number>();
  const end = createDeferred<EndReport>();
  const { maxOutputBytes } = plan.limits;
  const tell = (event: LiveEvent, listen?: () => void): void => {
    try {
      listen?.();
      callbacks.onEvent?.(event);
      emit(event);
    } catch (error) {
      // The caller's own error is the caller's to see; it ends the run.
      end.reject(error);
    }
  };
  const handOn = (type: 'stdout' | 'stderr', listener: ((text: string) => void) | null) => (text: string) =>
    tell({ type, text }, () => listener?.(text));
  const stdout = observeStream(maxOutputBytes, handOn('stdout', callbacks.onStdout));
  const stderr = observeStream(maxOutputBytes, handOn('stderr', callbacks.onStderr));
  const shown = createDisplayCollector(plan.limits);
  const claims: (Outcome | InvalidOutcome)[] = [];

  return {
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
    async finish() {
      return {
        outcome: claims[0] ?? null,
        streams: { stdout: stdout.finish(), stderr: stderr.finish() },
        collected: await files.finish(),
        shown: shown.finish(),
      };
    },
  };
}
