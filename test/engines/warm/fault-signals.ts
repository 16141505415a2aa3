import { LOST } from './fault-pool.js';
import type { Tree } from './processes.js';

export type Victim = 'supervisor' | 'zygote' | 'worker';
export type Signal = 'SIGKILL' | 'SIGSTOP';

/** Each process of a tree, killed and stopped. */
export const FAULTS: readonly (readonly [Signal, Victim])[] = [
  ['SIGKILL', 'supervisor'],
  ['SIGKILL', 'zygote'],
  ['SIGKILL', 'worker'],
  ['SIGSTOP', 'supervisor'],
  ['SIGSTOP', 'zygote'],
  ['SIGSTOP', 'worker'],
];

export const PID: Readonly<Record<Victim, (tree: Tree) => number>> = {
  supervisor: (tree) => tree.supervisor,
  zygote: (tree) => tree.zygote,
  worker: ({ workers: [first] }) => {
    // Never a number that stands for a group: 0 and -1 would kill others.
    if (first === undefined) throw new Error('The pool has no worker now.');
    return first;
  },
};

export const TIMEOUT = ['timeout', 'Timeout: the run was ended after 1 s (timeoutSeconds)', undefined];
export const CRASHED = ['crashed', LOST, undefined];
export const KILLED = ['crashed', 'Crashed: the Python process was ended by SIGKILL (killed)', undefined];
export const ANSWERED = ['ok', null, 7];

/** The longest of a deadline of 1 s, what Node waits for the supervisor after it, and another start. */
export const SETTLED_WITHIN_MS = 10_000;
export const NAMES = '%s of the %s';
