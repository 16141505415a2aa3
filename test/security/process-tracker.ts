import { readdirSync, readFileSync } from 'node:fs';

interface Seen {
  readonly pid: number;
  readonly parent: number;
  /** Clock ticks since boot: with the pid, no other process is ever the same. */
  readonly started: string;
  readonly state: string;
}

/** Notes every process that is ever seen below `root`, and keeps it in sight when its parent is gone. */
export interface ProcessTracker {
  readonly seen: ReadonlyMap<number, Seen>;
  childrenOf(parent: number): number[];
  survivors(): number[];
  stop(): void;
}

const INTERVAL_MS = 10;

export function trackProcesses(root: number): ProcessTracker {
  const seen = new Map<number, Seen>();
  const look = (): void => {
    const all = listProcesses();
    // Children have often, but not always, the higher pid: until nobody new is found.
    for (let before = -1; before !== seen.size; ) {
      before = seen.size;
      for (const one of all) {
        if (one.parent === root || isSame(seen.get(one.parent), all))
          seen.set(one.pid, seen.get(one.pid) ?? one);
      }
    }
  };
  const timer = setInterval(look, INTERVAL_MS);
  return {
    seen,
    childrenOf: (parent) => [...seen.values()].filter((one) => one.parent === parent).map(({ pid }) => pid),
    survivors: () =>
      listProcesses()
        .filter(({ pid, started, state }) => seen.get(pid)?.started === started && state !== 'Z')
        .map(({ pid }) => pid),
    stop: () => clearInterval(timer),
  };
}

function isSame(known: Seen | undefined, all: readonly Seen[]): boolean {
  return (
    known !== undefined && all.some(({ pid, started }) => pid === known.pid && started === known.started)
  );
}

function listProcesses(): Seen[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const [state = '', parent = ''] = fields;
        return [{ pid: Number(name), parent: Number(parent), started: fields[19] ?? '', state }];
      } catch {
        // It ended between the listing and the reading.
        return [];
      }
    });
}
