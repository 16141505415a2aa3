import { acceptedOutcome, interruptedOutcome } from './accepted-outcome.js';
import { classify } from './classify.js';
import type { Ending, LeftOutFile, Outcome } from './ending.js';
import { describeEnding } from './ending-error.js';
import type { RunResult, RunStatus, Usage } from './run-result.js';
import { decodeWaitStatus } from './signals.js';
import { toPlainJson } from './to-plain-json.js';

/** What a shell would show: 128 and the kernel's signal for that limit, but 124 for the clock as timeout(1) does. */
const EXIT_CODES: Readonly<Partial<Record<RunStatus, number>>> = {
  ok: 0,
  timeout: 124,
  cancelled: 130,
  memory_limit: 137,
  output_limit: 141,
  cpu_limit: 152,
  disk_limit: 153,
};

/** Concludes from the facts of one run; frozen all through, but for `result`, the bytes of files, and values in metadata and displays. */
export function buildResult(ending: Ending): RunResult {
  const status = classify(ending);
  const outcome = acceptedOutcome(ending);
  const told = outcome ?? interruptedOutcome(ending);
  const { stdout, stderr } = ending.streams;
  const fields = {
    ok: status === 'ok',
    status,
    result: outcome?.hasResult === true ? outcome.result : undefined,
    resultRepr: outcome?.resultRepr ?? null,
    notes: Object.freeze([...(told?.notes ?? []), ...ending.displayNotes]),
    stdout: stdout.text,
    stderr: stderr.text,
    truncated: Object.freeze({
      stdout: stdout.truncation,
      stderr: stderr.truncation,
      files: Object.freeze(allLeftOut(ending)),
    }),
    error: describeEnding(status, ending),
    exitCode: exitCodeOf(status, ending, outcome),
    signal: status === 'crashed' ? crashSignal(ending) : null,
    displays: Object.freeze([...ending.displays]),
    metadata: Object.freeze({ ...ending.metadata }),
    files: ending.files,
    calls: Object.freeze([...ending.calls]),
    denials: Object.freeze((told?.denials ?? []).map((denial) => Object.freeze({ ...denial }))),
    usage: Object.freeze(usageOf(ending)),
    isolation: ending.isolation,
    exports: outcome?.exports ?? null,
    session: ending.session,
  };
  return withMethods(fields);
}

function withMethods(fields: Omit<RunResult, 'file' | 'toJSON'>): RunResult {
  const result: RunResult = {
    ...fields,
    file: (name) => fields.files.get(name)?.bytes ?? undefined,
    toJSON: () => toPlainJson(fields),
  };
  Object.defineProperty(result, 'file', { enumerable: false });
  Object.defineProperty(result, 'toJSON', { enumerable: false });
  return Object.freeze(result);
}

function exitCodeOf(status: RunStatus, ending: Ending, outcome: Outcome | null): number | null {
  if (outcome?.ending === 'exit' && (status === 'ok' || status === 'error')) return outcome.exitCode & 0xff;
  if (status === 'crashed') return crashExitCode(ending);
  // Python ends with 1 after any uncaught exception; out of memory keeps its own well-known code.
  if (outcome?.ending === 'error' && status !== 'memory_limit') return 1;
  return EXIT_CODES[status] ?? 1;
}

function crashSignal({ stop, end }: Ending): string | null {
  if (stop !== 'exited' || end === null || end.waitStatus === null) return null;
  return decodeWaitStatus(end.waitStatus).signal;
}

function crashExitCode({ stop, end }: Ending): number | null {
  if (stop !== 'exited' || end === null || end.waitStatus === null) return null;
  return decodeWaitStatus(end.waitStatus).exitCode;
}

function usageOf({ end, waitMs, wallMs, streams }: Ending): Usage {
  return {
    wallMs: end?.wallMs ?? wallMs,
    waitMs,
    cpuMs: end?.cpuMs ?? 0,
    peakMemoryMb: (end?.peakMemoryKb ?? 0) / 1024,
    outputBytes:
      end === null
        ? streams.stdout.totalBytes + streams.stderr.totalBytes
        : end.stdoutBytes + end.stderrBytes,
  };
}

function allLeftOut({ end, filesLeftOut }: Ending): readonly LeftOutFile[] {
  const reasons = new Map<string, LeftOutFile>();
  for (const file of [...(end?.filesLeftOut ?? []), ...filesLeftOut]) {
    if (!reasons.has(file.name))
      reasons.set(file.name, Object.freeze({ name: file.name, reason: file.reason }));
  }
  return [...reasons.values()];
}
