import { SYSCALL_NUMBERS_X64 } from '../../../src/plan/seccomp/syscall-numbers-x64.js';

/** One call of the sweep: a number, what it is called, and arguments that change nothing. */
export interface SweepCall {
  readonly number: number;
  readonly name: string;
  readonly args: readonly number[];
}

/** A bad descriptor or pointer, then null pointers, zero lengths, zero flags. */
const HARMLESS: readonly number[] = [-1, 0, 0, 0, 0, 0];

/** Where the harmless six would block, would change the caller, or would miss the one form that is allowed. */
const OWN_ARGUMENTS: Readonly<Record<string, readonly number[]>> = {
  alarm: [0],
  umask: [0o77],
  set_tid_address: [0],
  // The timeout is a bad pointer: null would wait for ever.
  ppoll: [-1, 0, -1],
  // TCGETS, F_GETFD, PR_GET_DUMPABLE.
  ioctl: [-1, 0x5401],
  fcntl: [-1, 1],
  prctl: [3],
  prlimit64: [0, -1],
  setpriority: [0, 0, 0],
  socketpair: [1, 1, 0, -1],
  // CLONE_THREAD without CLONE_SIGHAND, which the kernel itself refuses as EINVAL.
  clone: [0x10000],
  mlock2: [-1, 0, -1],
};

/** Numbers that no program can try from inside without ending, each with the reason. */
export const UNTRIED: Readonly<Record<string, string>> = {
  rt_sigreturn: 'it takes the stack of its caller for the frame of a signal',
  exit: 'it ends the thread that calls it',
  exit_group: 'it ends the process that calls it',
  vfork: 'its child runs on the stack of its caller',
  uretprobe:
    'it is the end of a probe of the kernel: since 6.14 no filter is asked, and whoever else calls it gets SIGILL',
  uprobe:
    'it is the start of a probe of the kernel: no filter is asked, and whoever else calls it gets SIGILL',
  mlock: 'the kernel itself answers with EPERM where RLIMIT_MEMLOCK is 0',
  setsid: 'the kernel itself answers with EPERM where a session is led already, as every worker does',
};

/** Beyond the table: what a later kernel may give a meaning to. */
export const UNKNOWN: readonly number[] = [
  ...Array.from({ length: 130 }, (_, index) => 471 + index),
  1000,
  4096,
  0x3fffffff,
];

export function sweepCalls(): readonly SweepCall[] {
  const known = [...SYSCALL_NUMBERS_X64].filter(([name]) => UNTRIED[name] === undefined);
  return known.map(([name, number]) => ({ number, name, args: OWN_ARGUMENTS[name] ?? HARMLESS }));
}

/** The numbers of the table, and those that only x32 has, under the bit that marks x32. */
export const X32_NUMBERS: readonly number[] = Array.from({ length: 560 }, (_, number) => 0x40000000 + number);
