import type { SeccompInputs } from './inputs.js';

/*
 * The maintained list: every name here was weighed for what CPython, its extension modules, glibc and musl
 * call, against what the call can reach outside of the worker. What is on no list is refused.
 * Calls whose safety depends on their arguments are in argument-rules.ts instead.
 *
 * Refused on purpose although programs know them:
 *   ptrace process_vm_* process_madvise kcmp pidfd_getfd         other processes' memory and descriptors
 *   bpf io_uring_* io_setup.. userfaultfd perf_event_open vmsplice splice tee   kernel surface with a history
 *   keyctl add_key request_key shmget semget msgget mq_*         shared by all workers of a user
 *   memfd_*                                                      memory outside of RLIMIT_DATA
 *   inotify_* fanotify_* name_to_handle_at statmount cachestat   sight of files that Landlock does not govern
 *   mount family, unshare, setns, chroot, pivot_root, personality, set*id, capset, chown, xattr changes
 *   seccomp landlock_*                                           the layers are final; a branch adds one more Landlock
 *   sched_setaffinity                                            would undo a `taskset` of the operator
 *   sync syncfs                                                  flush the whole host
 */
const ALWAYS: readonly string[] = words(`
  read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek sendfile copy_file_range
  open openat openat2 creat close close_range dup dup2 dup3 pipe pipe2 umask
  access faccessat faccessat2 stat lstat fstat newfstatat statx statfs fstatfs readlink readlinkat
  getdents getdents64 getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2
  link linkat symlink symlinkat ftruncate fallocate fadvise64 readahead flock
  fsync fdatasync sync_file_range getxattr lgetxattr fgetxattr getxattrat
  listxattr llistxattr flistxattr listxattrat

  mmap mprotect munmap mremap brk madvise mincore msync mlock mlock2 munlock mlockall munlockall mseal
  pkey_alloc pkey_free pkey_mprotect map_shadow_stack membarrier arch_prctl

  futex futex_waitv futex_wake futex_wait futex_requeue set_robust_list get_robust_list set_tid_address rseq
  exit exit_group wait4 waitid setsid setpgid getpgid getpgrp getsid
  getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups capget
  sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_getattr sched_rr_get_interval
  sched_get_priority_max sched_get_priority_min getpriority getcpu getrusage getrlimit setrlimit times

  rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack pause
  restart_syscall signalfd signalfd4

  clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time alarm getitimer setitimer
  timer_create timer_settime timer_gettime timer_getoverrun timer_delete
  timerfd_create timerfd_settime timerfd_gettime uname sysinfo getrandom

  poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
  eventfd eventfd2

  shutdown getsockname getpeername getsockopt
`);

const NETWORK: readonly string[] = words('connect bind listen accept accept4');
const PROCESSES: readonly string[] = words('fork vfork pidfd_open');
/** With a ruleset that it was given; it can make none. */
const BRANCHES: readonly string[] = words('landlock_restrict_self');
const EXEC: readonly string[] = words('execve execveat');
const SIGNALS: readonly string[] = words(
  'kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal',
);
const TRUNCATE_BY_PATH: readonly string[] = words('truncate');
const METADATA: readonly string[] = words('chmod fchmod fchmodat fchmodat2 utime utimes futimesat utimensat');

/** Names of the calls that are allowed whatever their arguments. */
export function allowedOutright(inputs: SeccompInputs): ReadonlySet<string> {
  return new Set([
    ...ALWAYS,
    ...(inputs.network ? NETWORK : []),
    ...(inputs.processes === 'allowed' ? PROCESSES : []),
    ...(inputs.branches === 'gated' ? BRANCHES : []),
    ...(inputs.exec ? EXEC : []),
    ...(inputs.signals === 'any' ? SIGNALS : []),
    ...(inputs.metadata === 'none' ? [] : TRUNCATE_BY_PATH),
    ...(inputs.metadata === 'any' ? METADATA : []),
  ]);
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
