// Theory of operation. An order to a supervisor is done when it says so. One that was stopped never will, nor will one
// whose zygote was stopped, since only that tells deaths and forks workers. So who waits for an order looks at both:
// stopped, or silent for longer than the order can take on a crowded machine, they are ended, and all that
// they hold with them. Whoever waits for anything of theirs is told by their end.
import { readFile } from 'node:fs/promises';
import { elapsed } from './elapsed.js';
import { createLifetime, type Until } from './lifetime.js';
import { processState } from './process-state.js';

/** A tree that may be ended when it does not do what it was told. */
export interface Insistence {
  /** Of the supervisor. */
  readonly pid: number;
  /** Ends the tree; `why` says of the supervisor what it did. */
  readonly giveUp: (why: string) => void;
}

const LOOK_MS = 500;
/** As long as a run waits for a supervisor past its deadline. Who stops a process to look at it may do so for less. */
const STOPPED_MS = 3000;
/** As often one that is busy, or waits for a disk, is given the same time again. */
const MOST_PATIENCE = 10;

/** Waits for an answer that is due within `mostMs`, or `mostMs` after `heardAt`; gives the tree up when none comes. */
export async function insist<T>(
  tree: Insistence,
  mostMs: number,
  answer: Promise<T>,
  heardAt: () => number = () => 0,
): Promise<T> {
  const until = createLifetime();
  void watch(tree, mostMs, heardAt, until);
  try {
    return await answer;
  } finally {
    until.end();
  }
}

async function watch(
  { pid, giveUp }: Insistence,
  mostMs: number,
  heardAt: () => number,
  until: Until,
): Promise<void> {
  const askedAt = performance.now();
  const silentMs = (): number => performance.now() - Math.max(askedAt, heardAt());
  let stoppedLooks = 0;
  while (!until.isOver) {
    await elapsed(LOOK_MS, until);
    const states = await statesOf(pid);
    // What came while this thread was busy is read before it is judged.
    if (until.isOver) return;
    stoppedLooks = states.includes('T') ? stoppedLooks + 1 : 0;
    if (stoppedLooks * LOOK_MS >= STOPPED_MS) {
      giveUp('it or its zygote was stopped');
      return;
    }
    const isHeldUp = states.includes('R') || states.includes('D');
    if (silentMs() >= mostMs * (isHeldUp ? MOST_PATIENCE : 1)) {
      giveUp(`it did not answer within ${mostMs / 1000} s`);
      return;
    }
  }
}

/** Of the supervisor and its zygote. */
async function statesOf(supervisor: number): Promise<readonly string[]> {
  const path = `/proc/${supervisor}/task/${supervisor}/children`;
  const children = await readFile(path, 'utf8').catch(() => '');
  const pids = [supervisor, ...children.split(' ').filter(Boolean).map(Number)];
  return Promise.all(pids.map(processState));
}
