import { describe, expect, test } from 'vitest';
import { STOP_REASONS } from '../../src/protocol/messages.js';
import { classify } from '../../src/result/classify.js';
import type { Ending } from '../../src/result/ending.js';
import { RUN_STATUSES } from '../../src/result/run-result.js';
import {
  exited,
  failedOutcome,
  SIGNALS,
  sampleEnd,
  sampleEnding,
  sampleIsolation,
  sampleOutcome,
} from './sample-ending.js';

const NEAR_LIMIT_KB = 250 * 1024;
const { SIGABRT, SIGBUS, SIGKILL, SIGSEGV, SIGTERM, SIGXCPU, SIGXFSZ, SIGSYS } = SIGNALS;

type Row = readonly [what: string, expected: string, changes: Partial<Ending>];

const died = (waitStatus: number, end: Parameters<typeof sampleEnd>[0] = {}): Partial<Ending> => ({
  stop: 'exited',
  outcome: null,
  end: sampleEnd({ reason: 'exited', waitStatus, ...end }),
});
const raised = (
  error: Parameters<typeof failedOutcome>[0],
  changes: Partial<Ending> = {},
): Partial<Ending> => ({
  outcome: failedOutcome(error),
  ...changes,
});

const rows: readonly Row[] = [
  ['a result', 'ok', {}],
  [
    'a result although the supervisor had to kill the worker',
    'ok',
    { end: sampleEnd({ waitStatus: SIGKILL }) },
  ],
  [
    'a result at the very end of the CPU time',
    'ok',
    { end: sampleEnd({ waitStatus: SIGKILL, cpuMs: 4990 }) },
  ],
  ['an outcome read after a clean exit', 'ok', { stop: 'exited', end: sampleEnd({ waitStatus: 0 }) }],
  ['SystemExit 0', 'ok', { outcome: sampleOutcome({ ending: 'exit', exitCode: 0 }) }],
  ['SystemExit 3', 'error', { outcome: sampleOutcome({ ending: 'exit', exitCode: 3 }) }],
  ['an exception', 'error', raised({})],
  ['refused by policy', 'blocked', { outcome: sampleOutcome({ ending: 'blocked' }) }],

  ['deadline', 'timeout', { stop: 'timeout', outcome: null }],
  ['abort', 'cancelled', { stop: 'cancelled', outcome: null }],
  ['memory watched by the host', 'memory_limit', { stop: 'memory', outcome: null }],
  ['output flood', 'output_limit', { stop: 'output', outcome: null }],
  ['disk watched by the host', 'disk_limit', { stop: 'disk', outcome: null }],
  ['CPU watched by the host', 'cpu_limit', { stop: 'cpu', outcome: null }],
  ['threads watched by the host', 'process_limit', { stop: 'processes', outcome: null }],
  ['supervisor lost', 'crashed', { stop: 'lost', outcome: null, end: null }],

  ['SIGXCPU', 'cpu_limit', died(SIGXCPU)],
  ['SIGKILL with the CPU time used up', 'cpu_limit', died(SIGKILL, { cpuMs: 4750 })],
  ['SIGKILL before that', 'crashed', died(SIGKILL, { cpuMs: 4749 })],
  ['SIGXFSZ', 'disk_limit', died(SIGXFSZ)],
  ['SIGBUS on a full disk', 'disk_limit', died(SIGBUS, { diskFull: true })],
  ['SIGBUS', 'crashed', died(SIGBUS)],
  ['SIGSEGV', 'crashed', died(SIGSEGV)],
  ['SIGSEGV with a core dump', 'crashed', died(SIGSEGV | 0x80)],
  ['SIGSEGV near the memory limit', 'memory_limit', died(SIGSEGV, { peakMemoryKb: NEAR_LIMIT_KB })],
  ['SIGABRT near the memory limit', 'memory_limit', died(SIGABRT, { peakMemoryKb: NEAR_LIMIT_KB })],
  ['SIGKILL near the memory limit', 'memory_limit', died(SIGKILL, { peakMemoryKb: NEAR_LIMIT_KB })],
  ['SIGTERM near the memory limit', 'crashed', died(SIGTERM, { peakMemoryKb: NEAR_LIMIT_KB })],
  ['SIGSYS', 'crashed', died(SIGSYS)],
  ['os._exit(0)', 'crashed', died(exited(0))],
  ['os._exit(3)', 'crashed', died(exited(3))],
  [
    'exit without a status',
    'crashed',
    { stop: 'exited', outcome: null, end: sampleEnd({ waitStatus: null }) },
  ],
  ['killed by the kernel for want of memory', 'memory_limit', died(SIGKILL, { oomKilled: true })],
  ['a child killed for want of memory', 'memory_limit', { end: sampleEnd({ oomKilled: true }) }],

  ['no outcome', 'crashed', { outcome: null }],
  ['an invalid outcome', 'crashed', { outcome: { invalid: 'ending: expected a known word' } }],
  ['an error without its error', 'crashed', { outcome: sampleOutcome({ ending: 'error' }) }],

  ['MemoryError', 'memory_limit', raised({ type: 'MemoryError', message: '' })],
  ['MemoryError of numpy', 'memory_limit', raised({ type: 'numpy.core._exceptions._ArrayMemoryError' })],
  ['an error that is only named alike', 'error', raised({ type: 'OutOfMemoryError' })],
  ['EFBIG', 'disk_limit', raised({ type: 'OSError', errno: 27 })],
  [
    'ENOSPC of a full workdir',
    'disk_limit',
    raised({ type: 'OSError', errno: 28 }, { end: sampleEnd({ diskFull: true }) }),
  ],
  [
    'EDQUOT of a full workdir',
    'disk_limit',
    raised({ type: 'OSError', errno: 122 }, { end: sampleEnd({ diskFull: true }) }),
  ],
  ['ENOSPC on a disk of the host', 'error', raised({ type: 'OSError', errno: 28 })],
  [
    "ENOSPC at level full, where the disk is the run's own",
    'disk_limit',
    raised({ type: 'OSError', errno: 28 }, { isolation: sampleIsolation('full') }),
  ],
  [
    'sqlite3 on a full workdir',
    'disk_limit',
    raised(
      { type: 'sqlite3.OperationalError', message: 'database or disk is full' },
      { end: sampleEnd({ diskFull: true }) },
    ),
  ],
  ['another error on a full workdir', 'error', raised({}, { end: sampleEnd({ diskFull: true }) })],
  [
    'EAGAIN of a fork',
    'process_limit',
    raised({ type: 'BlockingIOError', errno: 11, traceback: '    os.fork()\n' }),
  ],
  [
    'EAGAIN of subprocess',
    'process_limit',
    raised({ type: 'OSError', errno: 11, traceback: "    subprocess.run(['ls'])\n" }),
  ],
  [
    'EAGAIN of a lock',
    'error',
    raised({ type: 'BlockingIOError', errno: 11, traceback: '    fcntl.flock(f, LOCK_NB)\n' }),
  ],
  ['a thread refused', 'process_limit', raised({ type: 'RuntimeError', message: "can't start new thread" })],
  ['another RuntimeError', 'error', raised({ type: 'RuntimeError', message: 'no' })],
];

describe('classify', () => {
  test.each(rows)('%s: %s', (_what, expected, changes) => {
    expect(classify(sampleEnding(changes))).toBe(expected);
  });

  test('the table names every status', () => {
    expect(new Set(rows.map(([, expected]) => expected))).toEqual(new Set(RUN_STATUSES));
  });

  // All but those that tell of nothing more than the worker's own end.
  const hostDecided = STOP_REASONS.filter((stop) => stop !== 'outcome' && stop !== 'exited');
  const claims = {
    ok: sampleOutcome(),
    exit: sampleOutcome({ ending: 'exit', exitCode: 0 }),
    blocked: sampleOutcome({ ending: 'blocked' }),
    'other limit': failedOutcome({ type: 'MemoryError' }),
    invalid: { invalid: 'no JSON' },
  };
  test.each(
    hostDecided.flatMap((stop) => Object.entries(claims).map(([name, outcome]) => ({ stop, name, outcome }))),
  )('$stop stands against the claim $name', ({ stop, outcome }) => {
    const withClaim = classify(sampleEnding({ stop, outcome }));
    expect(withClaim).toBe(classify(sampleEnding({ stop, outcome: null })));
    expect(withClaim).not.toBe('ok');
  });

  test.each(Object.entries(SIGNALS))('death by %s stands against a forged ok', (_name, signal) => {
    expect(classify(sampleEnding({ ...died(signal), outcome: sampleOutcome() }))).toBe(
      classify(sampleEnding(died(signal))),
    );
  });
});
