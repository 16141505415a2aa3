import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { presets, runCode } from '../../src/index.js';
import { levelsHere } from '../conformance/levels.js';
import { readOutcomes, runBare } from './run-bare.js';
import { type SweepCall, sweepCalls, UNKNOWN, UNTRIED, X32_NUMBERS } from './sweep/calls.js';
import { DEATHS, SWEEP } from './sweep/program.js';

/*
 * Every system call tried from inside a worker, and what came of it as a reviewed table: the whole of what a run may
 * ask of the kernel. `npx vitest run test/security/syscall-sweep.test.ts -u` writes the table anew.
 * An answer of the filter is EPERM, EAGAIN or ENOSYS; the arguments are such that the kernel itself answers otherwise.
 */
const GOLDEN = fileURLToPath(new URL('./golden/syscalls-x64.txt', import.meta.url));
const HEAD = `# What a worker may ask of the kernel on x86-64, with the default policy: seen from inside by test/security/syscall-sweep.
# number, name, answer at level full, answer at level kernel; then the arguments, where they are not -1 and zeros.
`;
const LEVELS = ['full', 'kernel'] as const;

const here = await levelsHere();
const lacking = LEVELS.flatMap((level) => here.filter((each) => each.level === level && each.skip !== null));
const skip =
  process.arch === 'x64' ? (lacking[0]?.skip ?? null) : `the table is of x86-64, this is ${process.arch}`;
const calls = sweepCalls();
const beyond = UNKNOWN.map((number): SweepCall => ({ number, name: 'unknown', args: [] }));

describe.skipIf(skip !== null)(`every system call${skip === null ? '' : ` (skipped: ${skip})`}`, () => {
  const seen = new Map<string, Readonly<Record<string, string>>>();
  /** Numbers that this kernel does not know: whether the filter lets them pass cannot be seen here. */
  const absent = new Set<number>();

  beforeAll(async () => {
    for (const level of LEVELS) seen.set(level, await sweep(level, [...calls, ...beyond]));
    // Never bare what the filter refuses: outside of a worker it might do something.
    const tried = calls.filter(({ number }) => !LEVELS.some((level) => isRefusal(seen.get(level)?.[number])));
    const bare = await runBare(SWEEP, {}, { calls: tried.map(({ number, args }) => [number, args]) });
    for (const { number } of tried) if (bare[number] === 'ENOSYS') absent.add(number);
  });

  test('is answered as reviewed', async () => {
    const before = reviewedRows();
    const rows = calls.map(
      (call) => (absent.has(call.number) && before.get(call.number)) || rowOf(call, seen),
    );
    const untried = Object.entries(UNTRIED).map(([name, reason]) => `# not tried: ${name}: ${reason}`);
    await expect(`${HEAD}${untried.join('\n')}\n${rows.join('\n')}\n`).toMatchFileSnapshot(GOLDEN);
  });

  test.each(LEVELS)('beyond the table is unknown at level %s', (level) => {
    const answers = beyond.map(({ number }) => [number, seen.get(level)?.[number]]);
    expect(answers).toEqual(beyond.map(({ number }) => [number, 'ENOSYS']));
  });

  // At level kernel, where nothing may fork, test/security/trials/entry.ts gives up a run for each.
  test('of x32 is death at level full', async () => {
    const policy = { ...presets.agent, isolation: { exactly: 'full' }, timeoutSeconds: 30 } as const;
    const run = await runCode(DEATHS, { numbers: X32_NUMBERS }, policy, { oneshot: true });
    expect([run.status, run.result]).toEqual(['ok', [constants.signals.SIGSYS]]);
  });
});

async function sweep(
  level: (typeof LEVELS)[number],
  these: readonly SweepCall[],
): Promise<Readonly<Record<string, string>>> {
  const input = { calls: these.map(({ number, args }) => [number, args]) };
  const policy = { isolation: { exactly: level }, timeoutSeconds: 20 };
  const run = await runCode(SWEEP, input, policy, { oneshot: true });
  expect(run.status, String(run.error)).toBe('ok');
  return readOutcomes(run.result);
}

/** What the filter says of calls that it knows. */
function isRefusal(answer: string | undefined): boolean {
  return answer === 'EPERM' || answer === 'EAGAIN';
}

function rowOf(call: SweepCall, seen: ReadonlyMap<string, Readonly<Record<string, string>>>): string {
  const words = LEVELS.map((level) => {
    const answer = seen.get(level)?.[call.number];
    return isRefusal(answer) || answer === 'ENOSYS' ? answer : 'allowed';
  });
  const own = call.args.length === 6 ? '' : ` (${call.args.join(', ')})`;
  return `${call.number} ${call.name} ${words.join(' ')}${own}`;
}

function reviewedRows(): ReadonlyMap<number, string> {
  const rows = readFileSync(GOLDEN, 'utf8')
    .split('\n')
    .filter((line) => /^\d/.test(line));
  return new Map(rows.map((row) => [Number.parseInt(row, 10), row]));
}
