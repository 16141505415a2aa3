import type { Ending, EndReport, Outcome, OutcomeError } from '../../src/result/ending.js';
import type { IsolationReport } from '../../src/result/run-result.js';

/** A run that ended well; each test changes what it is about. */
export function sampleEnding(changes: Partial<Ending> = {}): Ending {
  return {
    stop: 'outcome',
    end: sampleEnd(),
    outcome: sampleOutcome(),
    streams: { stdout: stream(''), stderr: stream('') },
    files: new Map(),
    filesLeftOut: [],
    displays: [],
    metadata: {},
    displayNotes: [],
    calls: [],
    isolation: sampleIsolation(),
    waitMs: 2,
    wallMs: 7,
    limits: {
      memoryBytes: 256 * 1024 * 1024,
      cpuSeconds: 5,
      timeoutMs: 5000,
      diskBytes: 64 * 1024 * 1024,
      maxProcesses: 16,
      maxOutputBytes: 128 * 1024,
    },
    session: null,
    ...changes,
  };
}

export function sampleEnd(changes: Partial<EndReport> = {}): EndReport {
  return {
    reason: 'outcome',
    waitStatus: 9,
    wallMs: 1.5,
    cpuMs: 1,
    peakMemoryKb: 9216,
    stdoutBytes: 0,
    stderrBytes: 0,
    filesLeftOut: [],
    diskFull: false,
    oomKilled: false,
    ...changes,
  };
}

export function sampleOutcome(changes: Partial<Outcome> = {}): Outcome {
  return {
    ending: 'ok',
    result: 9,
    hasResult: true,
    resultRepr: '9',
    notes: [],
    error: null,
    exitCode: 0,
    denials: [],
    ...changes,
  };
}

export function failedOutcome(error: Partial<OutcomeError>): Outcome {
  return sampleOutcome({
    ending: 'error',
    result: undefined,
    hasResult: false,
    resultRepr: null,
    exitCode: 1,
    error: sampleError(error),
  });
}

export function sampleError(changes: Partial<OutcomeError> = {}): OutcomeError {
  return {
    type: 'ZeroDivisionError',
    message: 'division by zero',
    traceback: '',
    line: null,
    column: null,
    excerpt: null,
    suggestion: null,
    errno: null,
    ...changes,
  };
}

export function stream(text: string): Ending['streams']['stdout'] {
  return { text, totalBytes: Buffer.byteLength(text), truncation: null };
}

/** The number that waitpid gives. */
export const exited = (code: number): number => code << 8;
export const SIGNALS = {
  SIGABRT: 6,
  SIGBUS: 7,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGSYS: 31,
};

export function sampleIsolation(level: IsolationReport['level'] = 'kernel'): IsolationReport {
  return {
    level,
    layers: {
      namespaces: [],
      landlock: 7,
      seccomp: 'filter',
      noNewPrivileges: true,
      capabilities: 'none',
      ids: '1000:1000',
      rlimits: ['AS'],
      cgroup: null,
      proofs: ['file'],
    },
  };
}
