import type { Seen } from '../../src/result/ending.js';

/** What a run asked for that asked for nothing, and the changes of a test. */
export function sampleSeen(changes: Partial<Seen> = {}): Seen {
  return {
    imports: [],
    builtins: [],
    reads: [],
    writes: [],
    programs: [],
    hosts: [],
    workdir: '/sandbox/work',
    processes: 1,
    openFiles: 3,
    diskBytes: 0,
    dropped: 0,
    ...changes,
  };
}
