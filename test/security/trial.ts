import type { RunnerPolicy, RunOptions, RunResult, RunStatus } from '../../src/index.js';

/** An attack that needs a run of its own, since it breaks, floods or ends it. */
export interface Trial {
  readonly id: string;
  readonly technique: string;
  readonly source: string;
  readonly mustNot: string;
  readonly code: string;
  /** How the run may end. */
  readonly statuses: readonly RunStatus[];
  readonly levels?: readonly ('full' | 'kernel')[];
  readonly policy?: RunnerPolicy;
  readonly options?: RunOptions;
  /** Throws, by `expect`, when more went wrong than the status can tell. */
  readonly check?: (result: RunResult) => void;
}

/** Helpers for code that speaks on the worker's line, descriptor 3, itself. */
export const LINE_PRELUDE = `
import os, socket, struct, json, ctypes, time, threading, sys, mmap
libc = ctypes.CDLL(None, use_errno=True)
OUTCOME, EVENT, READY, END, FAILED = 20, 21, 16, 24, 25
def frame(kind, payload, run=0):
    return struct.pack('>IBI', 5 + len(payload), kind, run) + payload
def send(data):
    view = memoryview(data)
    while len(view):
        view = view[os.write(3, view):]
def outcome(**changes):
    return frame(OUTCOME, json.dumps({"ending": "ok", "result": "forged", "hasResult": True, "resultRepr": "'forged'",
        "notes": [], "error": None, "exitCode": 0, "denials": [], **changes}).encode())
`;
