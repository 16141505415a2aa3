import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import {
  createRunner,
  type IsolationLevel,
  PungiError,
  presets,
  RunFailed,
  type Runner,
  type Session,
} from '../../src/index.js';
import { isAlive, waitFor, within } from '../engines/warm/fault-pool.js';
import { childrenOf } from '../engines/warm/processes.js';

/** A session to which faults happen. */
export interface FaultSession {
  readonly runner: Runner;
  readonly session: Session;
  /** What its process calls itself; a branch that copies its files adds a `b`. */
  readonly name: string;
  readonly tree: SessionTree;
  /** Another session in the same tree. */
  another(): Promise<FaultSession>;
  /** Ended when all is over. */
  readonly made: AsyncDisposable[];
}

export interface SessionTree {
  readonly supervisor: number;
  readonly zygote: number;
  readonly worker: number;
}

/** The longest that a fault may hold up: 3 s for what was stopped, 5 for a branch, and a crowded machine. */
const SETTLED_MS = 15_000;
/** For what is no fault; a step that is to meet its deadline has a shorter one. */
const STEP_SECONDS = 3;

const BEGIN = (name: string): string => `
import ctypes, gc, time
libc = ctypes.CDLL(None)
libc.prctl(15, b'${name}', 0, 0, 0)
x = 1
brancher = next(each for each in gc.get_objects() if type(each).__name__ == 'Brancher')
copier = type(brancher).obey.__globals__['WorkdirCopy']
whole = copier.copy
def slowly(self, parts):
    libc.prctl(15, b'${name}b', 0, 0, 0)
    time.sleep(1)
    whole(self, parts)
    libc.prctl(15, b'${name}', 0, 0, 0)`;
/** From now on a branch takes a second to copy its files. */
export const SLOW_COPIES = 'copier.copy = slowly';

/** From now on this is what a branch does, in place of its first word. */
export const BRANCHES_THAT = (body: string): string => `
import os
forker = type(brancher._forker)
honest = forker.fork
def fork(self):
    pid = honest(self)
    if pid == 0:
        ${body}
    return pid
forker.fork = fork`;

let faults = 0;

/** Opens a session, lets the body do its worst, and sees that session and runner serve on, and leave no process. */
export async function withFaultSession(
  level: IsolationLevel,
  body: (fault: FaultSession) => Promise<void>,
): Promise<void> {
  const seen = new Set<number>();
  const runner = await createRunner({
    policy: { ...presets.agent, timeoutSeconds: STEP_SECONDS, isolation: { exactly: level } },
    warm: { size: 1 },
  });
  try {
    const fault = await openFault(runner, seen);
    await body(fault);
    await wellAfter(runner, fault.session);
    await Promise.all(fault.made.map((one) => within(SETTLED_MS, one[Symbol.asyncDispose]())));
    await waitFor(
      () => runner.info().sessions === 0,
      () => `${runner.info().sessions} sessions are left`,
    );
  } finally {
    await within(SETTLED_MS, runner.close('kill'));
  }
  await waitFor(
    () => ![...seen].some(isAlive),
    () => `processes are left: ${[...seen].filter(isAlive)}`,
  );
}

async function openFault(
  runner: Runner,
  seen: Set<number>,
  made: AsyncDisposable[] = [],
): Promise<FaultSession> {
  faults += 1;
  const name = `fault-${faults}-`;
  const session = await runner.session({ graceSeconds: 0.1 });
  expect((await session.run(BEGIN(name))).status).toBe('ok');
  const tree = findSession(name);
  for (const pid of [tree.supervisor, tree.zygote, ...childrenOf(tree.zygote)]) seen.add(pid);
  const another = async (): Promise<FaultSession> => {
    const other = await openFault(runner, seen, made);
    made.push(other.session);
    return other;
  };
  return { runner, session, name, tree, another, made };
}

async function wellAfter(runner: Runner, session: Session): Promise<void> {
  await within(
    SETTLED_MS,
    session.reset().catch((error: unknown) => {
      // One that a test has closed.
      if (outcomeOf(error) !== 'SESSION_ENDED') throw error;
    }),
  );
  const next = session.state === 'alive' ? session : await within(SETTLED_MS, runner.session());
  const step = await within(SETTLED_MS, next.run('"x" in globals()'));
  expect([step.status, step.result]).toEqual(['ok', false]);
  await within(SETTLED_MS, next.close('kill'));
  expect((await within(SETTLED_MS, runner.run('result = 1'))).result).toBe(1);
}

/** How something ended: `done`, the status of a step, or the code of an error. */
export function endOf(work: PromiseLike<unknown>): Promise<string> {
  return within(
    SETTLED_MS,
    work.then(
      (value) =>
        typeof value === 'object' && value !== null && 'status' in value ? String(value.status) : 'done',
      outcomeOf,
    ),
  );
}

function outcomeOf(error: unknown): string {
  if (error instanceof RunFailed) return error.result.status;
  return error instanceof PungiError ? error.code : String(error);
}

/** The processes of the session whose worker gave itself the name. */
function findSession(name: string): SessionTree {
  for (const supervisor of childrenOf(process.pid)) {
    for (const zygote of childrenOf(supervisor)) {
      const worker = named(zygote, name);
      if (worker !== undefined) return { supervisor, zygote, worker };
    }
  }
  throw new Error('No session has the name.');
}

/** How many processes of the session there are, its branches included. */
export function countNamed({ name, tree }: FaultSession): number {
  return childrenOf(tree.zygote).filter((pid) => nameOf(pid) === `${name}\n`).length;
}

/** The branch that copies its files now. */
export async function findBranch({ name, tree }: FaultSession): Promise<number> {
  await waitFor(
    () => named(tree.zygote, `${name}b`) !== undefined,
    () => 'no branch copies its files',
  );
  const branch = named(tree.zygote, `${name}b`);
  if (branch === undefined) throw new Error('The branch was too quick.');
  return branch;
}

function named(zygote: number, name: string): number | undefined {
  return childrenOf(zygote).find((pid) => nameOf(pid) === `${name}\n`);
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8');
  } catch {
    return '';
  }
}
