import { type Attack, type Family, onlyRoot } from '../attack.js';

function signal(id: string, technique: string, code: string, control: Attack['control'] = 'bare'): Attack {
  return {
    id: `processes/${id}`,
    technique,
    source: 'DESIGN section 5',
    code,
    mustNot: 'touch a process that the run did not start',
    control,
  };
}

const BAIT = "pid = int(os.environ['BAIT_PID'])";
const X64 = "os.uname().machine == 'x86_64'";

function number(x64: number, arm64: number): string {
  return `(${x64} if ${X64} else ${arm64})`;
}

export const PROCESSES: Family = {
  name: 'processes',
  attacks: [
    signal(
      'kill-parent',
      'signal 0 to the parent',
      "parent = os.getppid()\nif parent == 0: raise ProcessLookupError(3, 'no parent')\nos.kill(parent, 0)",
    ),
    signal('kill-bait', 'signal 0 to a process of the host', `${BAIT}\nos.kill(pid, 0)`),
    onlyRoot(
      signal(
        'kill-init',
        'signal 0 to pid 1 of the host',
        "if os.getpid() == 1: raise ProcessLookupError(3, 'itself')\nos.kill(1, 0)",
      ),
    ),
    signal('kill-all', 'signal 0 to everybody', 'os.kill(-1, 0)'),
    signal('kill-group', "signal 0 to the bait's group", `${BAIT}\nos.kill(-os.getpgid(pid), 0)`),
    signal('tgkill', 'tgkill of the bait', `${BAIT}\ncall(${number(234, 131)}, pid, pid, 0)`),
    signal('tkill', 'tkill of the bait', `${BAIT}\ncall(${number(200, 130)}, pid, 0)`),
    signal(
      'sigqueue',
      'rt_sigqueueinfo to the bait',
      `${BAIT}\ninfo = ctypes.create_string_buffer(struct.pack('iii', 0, 0, -1), 128)\nreturn call(${number(129, 138)}, pid, 0, info)`,
    ),
    signal(
      'high-bits',
      'kill with a pid that only fits in 64 bits',
      `${BAIT}\ncall(${number(62, 129)}, (1 << 32) | pid, 0)`,
    ),
    signal('pidfd', 'a pidfd of the bait', `${BAIT}\nreturn os.pidfd_open(pid)`),
    signal('pidfd-getfd', 'take a descriptor out of the bait', `${BAIT}\nreturn reach(438, -1, 0, 0)`),
    signal(
      'ptrace',
      'attach to the bait',
      `${BAIT}\nreturn reach(${number(101, 117)}, 16, 0x3ffffff0, 0, 0)`,
    ),
    signal('ptrace-me', 'be traced', `return reach(${number(101, 117)}, 99, 0, 0, 0)`),
    signal(
      'vm-readv',
      "read the bait's memory",
      `${BAIT}\nreturn reach(${number(310, 270)}, pid, BAD, 1, BAD, 1, 0)`,
    ),
    signal(
      'vm-writev',
      "write the bait's memory",
      `${BAIT}\nreturn reach(${number(311, 271)}, pid, BAD, 1, BAD, 1, 0)`,
    ),
    signal('process-madvise', "advise on the bait's memory", 'return reach(440, -1, BAD, 1, 4, 0)'),
    signal('kcmp', 'compare with the bait', `${BAIT}\nreturn reach(${number(312, 272)}, pid, pid, 0, 0, 0)`),
    signal(
      'pdeathsig',
      'reset the parent-death signal',
      "if libc.prctl(1, 0, 0, 0, 0): raise OSError(ctypes.get_errno(), 'prctl')",
    ),
    signal(
      'subreaper',
      'become a subreaper',
      "if libc.prctl(36, 1, 0, 0, 0): raise OSError(ctypes.get_errno(), 'prctl')",
    ),
    signal(
      'set-ptracer',
      'let anybody trace it',
      "if libc.prctl(0x59616d61, -1, 0, 0, 0) and ctypes.get_errno() in (1, 38): raise OSError(1, 'prctl')",
    ),
    signal(
      'priority',
      'renice another process',
      `${BAIT}\nos.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, pid))`,
    ),
    signal(
      'priority-user',
      'renice all processes of the user',
      'os.setpriority(os.PRIO_USER, 0, os.getpriority(os.PRIO_USER, 0))',
    ),
    signal('prlimit', "set another process's limits", `${BAIT}\nreturn load('resource').prlimit(pid, 7)`),
    signal(
      'affinity',
      'move another process to one core',
      `${BAIT}\nos.sched_setaffinity(pid, os.sched_getaffinity(0))`,
    ),
    onlyRoot(
      signal(
        'scheduler',
        'real-time scheduling',
        'os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))\nos.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))',
      ),
    ),
    signal(
      'raise-limits',
      'raise its own hard limit',
      "r = load('resource')\nsoft, hard = r.getrlimit(r.RLIMIT_NOFILE)\nr.setrlimit(r.RLIMIT_NOFILE, (soft - 1, hard - 1))\nr.setrlimit(r.RLIMIT_NOFILE, (soft - 1, hard))",
      { unprovable: 'root itself may lack CAP_SYS_RESOURCE, as in a container' },
    ),
    signal(
      'exec',
      'start a program',
      "pid = os.posix_spawn('/bin/true', ['true'], {})\nif os.waitpid(pid, 0)[1]: raise PermissionError(1, 'exec')",
    ),
    signal(
      'exec-python',
      'start the interpreter again',
      "pid = os.posix_spawn(sys.executable or '/usr/bin/python3', ['python3', '-c', 'pass'], {})\nif os.waitpid(pid, 0)[1]: raise PermissionError(1, 'exec')",
    ),
    signal(
      'execveat',
      'execveat of a descriptor',
      `d = os.open(load('sysconfig').__file__, os.O_RDONLY)\nreturn reach(${number(322, 281)}, d, BAD, 0, 0, 0x1000)`,
    ),
    signal('memfd', 'a program in memory', `return reach(${number(319, 279)}, b'x', 0)`),
    signal(
      'setuid',
      'become root by the kernel',
      "if os.getuid() == 0 and os.geteuid() == 0: raise PermissionError(1, 'already, without capabilities')\nos.setuid(0)",
      { unprovable: 'the suite runs as root, who is it already' },
    ),
    onlyRoot(
      signal(
        'capset',
        'gain capabilities',
        "header = ctypes.create_string_buffer(struct.pack('Ii', 0x20080522, 0))\nfull = ctypes.create_string_buffer(struct.pack('IIIIII', *[0x3fffff] * 6))\nif libc.capset(header, full): raise OSError(ctypes.get_errno(), 'capset')",
      ),
    ),
    onlyRoot(signal('setgroups', 'drop or gain groups', 'os.setgroups([0])')),
  ],
};
