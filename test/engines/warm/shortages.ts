import { execa } from 'execa';

const PRLIMIT = '/usr/bin/prlimit';

interface Shortage {
  readonly name: string;
  readonly victim: 'supervisor' | 'zygote';
  readonly limit: string;
}

/** What one process of a tree may no longer have, for good: only another tree helps. */
export const SHORTAGES: readonly Shortage[] = [
  { name: 'the supervisor has no descriptors', victim: 'supervisor', limit: '--nofile=20:20' },
  { name: 'the zygote has no descriptors', victim: 'zygote', limit: '--nofile=12:12' },
  { name: 'the supervisor can allocate no memory', victim: 'supervisor', limit: '--data=1:1' },
];

/** An `ulimit` for a process that runs already. */
export async function limitProcess(pid: number, limit: string): Promise<void> {
  await execa(PRLIMIT, ['--pid', String(pid), limit]);
}
