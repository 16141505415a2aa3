import type { FaultSession, SessionTree } from './fault-session.js';

export type Signal = 'SIGKILL' | 'SIGSTOP';
export type Victim = keyof SessionTree;

/** What is asked of an idle session, and what may come of it when one of its processes was killed or stopped. */
export interface Operation {
  readonly act: (fault: FaultSession) => PromiseLike<unknown>;
  /** The worker was killed. */
  readonly killed: readonly string[];
  /** The supervisor or the zygote was killed: it may be done before that is known. */
  readonly lost: readonly string[];
  readonly stopped: Readonly<Record<Victim, readonly string[]>>;
}

export const LOST = ['crashed', 'SESSION_ENDED'];
export const ENDED = ['SESSION_ENDED'];
export const REFUSED = ['FORK_REFUSED', 'SESSION_ENDED'];
const DONE = ['done'];
const ALWAYS_DONE = {
  killed: DONE,
  lost: DONE,
  stopped: { supervisor: DONE, zygote: DONE, worker: DONE },
};

export const OPERATIONS = {
  run: {
    act: ({ session }: FaultSession) => session.run('1', undefined, { timeoutSeconds: 0.5 }),
    killed: LOST,
    lost: [...LOST, 'ok'],
    stopped: { supervisor: ['timeout'], zygote: ['ok'], worker: ['timeout'] },
  },
  get: {
    act: ({ session }: FaultSession) => session.get('x'),
    killed: LOST,
    lost: [...LOST, ...DONE],
    stopped: { supervisor: ['timeout'], zygote: DONE, worker: ['timeout'] },
  },
  fork: {
    act: async ({ session, made }: FaultSession) => void made.push(await session.fork()),
    killed: REFUSED,
    lost: [...REFUSED, ...DONE],
    stopped: { supervisor: ENDED, zygote: DONE, worker: ['FORK_REFUSED'] },
  },
  write: {
    act: ({ session }: FaultSession) => session.files.write('a', new Uint8Array(2 << 20)),
    killed: [...ENDED, ...DONE],
    lost: [...ENDED, ...DONE],
    stopped: { supervisor: ENDED, zygote: DONE, worker: DONE },
  },
  list: {
    act: ({ session }: FaultSession) => session.files.list(),
    killed: [...ENDED, ...DONE],
    lost: [...ENDED, ...DONE],
    stopped: { supervisor: ENDED, zygote: DONE, worker: DONE },
  },
  open: {
    act: async ({ runner, made }: FaultSession) => void made.push(await runner.session()),
    ...ALWAYS_DONE,
  },
  reset: { act: ({ session }: FaultSession) => session.reset(), ...ALWAYS_DONE },
  drain: { act: ({ session }: FaultSession) => session.close(), ...ALWAYS_DONE },
  kill: { act: ({ session }: FaultSession) => session.close('kill'), ...ALWAYS_DONE },
} satisfies Readonly<Record<string, Operation>>;

export function outcomesOf(operation: Operation, signal: Signal, victim: Victim): readonly string[] {
  if (signal === 'SIGSTOP') return operation.stopped[victim];
  return victim === 'worker' ? operation.killed : operation.lost;
}
