import { type Attack, type Family, onlyRoot } from '../attack.js';

const PUNGI = 'DESIGN section 5';

function read(id: string, technique: string, code: string, control: Attack['control'] = 'bare'): Attack {
  return { id: `files/${id}`, technique, source: PUNGI, code, mustNot: 'read a file of the host', control };
}

function change(id: string, technique: string, code: string, control: Attack['control'] = 'bare'): Attack {
  return { id: `files/${id}`, technique, source: PUNGI, code, mustNot: 'change a file of the host', control };
}

/** Own files of the interpreter, seen by the path that user code finds. */
const LIBRARY = 'library = os.path.dirname(os.__file__)';

export const FILES: Family = {
  name: 'files',
  attacks: [
    // First, since the others open descriptors of their own.
    read(
      'inherited',
      'descriptors left open by the harness',
      "left = [n for n in range(4, 1024) if libc.fcntl(n, 1) >= 0]\nif not left: raise PermissionError(1, 'none')\nreturn left",
      { unprovable: 'a bare Python inherits none either' },
    ),
    read('passwd', 'open an absolute path', "return open('/etc/passwd').read(20)"),
    read('bait', 'open a world-readable file of another user', "return open(os.environ['BAIT_FILE']).read()"),
    onlyRoot(read('shadow', 'open a file of root', "return open('/etc/shadow').read(1)")),
    read('list-root', 'list /', "return os.listdir('/')"),
    onlyRoot(read('list-home', 'list /root', "return os.listdir('/root')")),
    read(
      'list-tmp',
      "list the host's /tmp for other runs",
      "return [n for n in os.listdir(os.path.dirname(os.environ['BAIT_DIRECTORY']))]",
    ),
    read('dot-dot', 'climb by ..', "return open('../' * 40 + 'etc/passwd').read(5)"),
    read(
      'symlink',
      'read through a symlink of its own',
      "os.symlink('/etc/passwd', 's-link')\nreturn open('s-link').read(5)",
    ),
    read(
      'symlink-directory',
      'read through a symlink to a directory',
      "os.symlink('/etc', 's-dir')\nreturn open('s-dir/passwd').read(5)",
    ),
    read(
      'hard-link',
      'hard-link a file of the host into the workdir',
      "os.link(os.environ['BAIT_FILE'], 'hard')\nreturn open('hard').read()",
    ),
    read(
      'rename-in',
      'move a file of the host into the workdir',
      "os.rename(os.environ['BAIT_FILE'], 'moved')\nos.rename('moved', os.environ['BAIT_FILE'])",
    ),
    read(
      'openat-descriptor',
      'openat from a directory descriptor of /',
      "d = os.open('/', os.O_PATH)\nreturn os.open('etc/passwd', os.O_RDONLY, dir_fd=d)",
    ),
    read(
      'chdir',
      'chdir to / and open relative',
      "home = os.getcwd()\nos.chdir('/etc')\ntry:\n    return open('passwd').read(5)\nfinally:\n    os.chdir(home)",
    ),
    onlyRoot(
      read(
        'chroot',
        'chroot into a directory to shed the path rules',
        "libc.chroot.restype = ctypes.c_int\nr, w = os.pipe()\npid = os.fork()\nif pid == 0:\n    os._exit(0 if libc.chroot(b'.') == 0 else 1)\nif os.waitpid(pid, 0)[1]: raise PermissionError(1, 'chroot')",
      ),
    ),
    read('proc-root', 'the magic link /proc/self/root', "return open('/proc/self/root/etc/passwd').read(5)"),
    read('proc-cwd', 'the magic link of the parent', "return os.listdir('/proc/%d/root' % os.getppid())"),
    read(
      'proc-environ',
      "the parent's environment",
      "return open('/proc/%d/environ' % (os.getppid() or 1), 'rb').read(1)",
    ),
    read('proc-cmdline', 'command lines of other processes', "return open('/proc/1/cmdline', 'rb').read(1)"),
    read(
      'proc-mem',
      "the parent's memory",
      "return os.open('/proc/%d/mem' % (os.getppid() or 1), os.O_RDWR)",
    ),
    read(
      'proc-maps',
      "the bait process's descriptors",
      "return os.listdir('/proc/' + os.environ['BAIT_PID'] + '/fd')",
    ),
    read('kallsyms', 'kernel symbols', "return open('/proc/kallsyms').read(5)"),
    read('sys', 'sysfs', "return os.listdir('/sys/kernel')"),
    read('cgroup', 'control groups', "return os.listdir('/sys/fs/cgroup')"),
    read('dev', 'device nodes', "return os.listdir('/dev')"),
    onlyRoot(read('dev-mem', 'raw memory', "return os.open('/dev/kmsg', os.O_RDONLY)")),
    onlyRoot(
      read(
        'handle',
        'open_by_handle_at with a guessed root handle (shocker.c)',
        "h = struct.pack('IiII', 8, 1, 2, 0)\nreturn reach({'x86_64': 304, 'aarch64': 265}[os.uname().machine], os.open('.', os.O_RDONLY), ctypes.create_string_buffer(h), 0)",
      ),
    ),
    onlyRoot(
      read('mknod-block', 'make a block device node', "os.mknod('disk', 0o600 | 0x6000, os.makedev(8, 0))"),
    ),
    onlyRoot(
      read('mknod-char', 'make a character device node', "os.mknod('mem', 0o600 | 0x2000, os.makedev(1, 1))"),
    ),
    read(
      'openat2',
      'openat2 with no resolve flags',
      "how = ctypes.create_string_buffer(struct.pack('QQQ', 0, 0, 0))\nreturn call(437, -100, b'/etc/passwd', how, 24)",
    ),
    onlyRoot(
      change(
        'write-etc',
        'create a file in /etc',
        "open('/etc/pungi-attack', 'w').close()\nos.unlink('/etc/pungi-attack')",
      ),
    ),
    change(
      'write-tmp-host',
      'write beside the bait',
      "p = os.environ['BAIT_DIRECTORY'] + '/other-run/x'\nopen(p, 'w').close()\nos.unlink(p)",
    ),
    onlyRoot(
      change('mkdir-root', 'make a directory in /', "os.mkdir('/pungi-attack')\nos.rmdir('/pungi-attack')"),
    ),
    change('chmod-bait', 'chmod a file of the host', "os.chmod(os.environ['BAIT_FILE'], 0o644)"),
    change('utime-bait', 'change times of a file of the host', "os.utime(os.environ['BAIT_FILE'], (1, 1))"),
    change('truncate-bait', 'truncate by path', "os.truncate(os.environ['BAIT_FILE'], 23)"),
    change('chown-bait', 'chown a file of the host', "os.chown(os.environ['BAIT_FILE'], -1, os.getgid())"),
    change('xattr-bait', 'set an extended attribute', "os.setxattr(os.environ['BAIT_FILE'], 'user.x', b'1')"),
    onlyRoot(
      change(
        'library-write',
        'open a module of the standard library for writing',
        `${LIBRARY}\nreturn os.open(library + '/this.py', os.O_WRONLY)`,
      ),
    ),
    onlyRoot(
      change(
        'library-create',
        'put a module beside the standard library',
        `${LIBRARY}\nopen(library + '/pungi_attack.py', 'w').close()\nos.unlink(library + '/pungi_attack.py')`,
      ),
    ),
    onlyRoot(
      change(
        'library-rename',
        'rename a module of the standard library',
        `${LIBRARY}\nos.rename(library + '/this.py', library + '/this2.py')\nos.rename(library + '/this2.py', library + '/this.py')`,
      ),
    ),
    onlyRoot(
      change(
        'library-fchmod',
        'fchmod by a read-only descriptor',
        `${LIBRARY}\nd = os.open(library + '/this.py', os.O_RDONLY)\nos.fchmod(d, os.fstat(d).st_mode & 0o7777)`,
      ),
    ),
    onlyRoot(
      change(
        'library-futimens',
        'change times by a read-only descriptor',
        `${LIBRARY}\nd = os.open(library + '/this.py', os.O_RDONLY)\ns = os.fstat(d)\nos.utime(d, ns=(s.st_atime_ns, s.st_mtime_ns))`,
      ),
    ),
    onlyRoot(
      change(
        'library-chmod',
        'chmod a module by path',
        `${LIBRARY}\nos.chmod(library + '/this.py', os.stat(library + '/this.py').st_mode & 0o7777)`,
      ),
    ),
    onlyRoot(
      change(
        'library-pycache',
        'plant bytecode',
        `${LIBRARY}\np = library + '/__pycache__/pungi_attack.pyc'\nopen(p, 'w').close()\nos.unlink(p)`,
      ),
    ),
    change(
      'library-map',
      'write through a shared mapping',
      `${LIBRARY}\nd = os.open(library + '/this.py', os.O_RDONLY)\nm = mmap.mmap(d, 10, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)`,
      { unprovable: 'the kernel refuses it to everybody' },
    ),
    change(
      'shm-host',
      "use the host's /dev/shm",
      "s = load('multiprocessing.shared_memory').SharedMemory(name='pungi_attack_' + os.environ['BAIT_PID'], create=True, size=10)\ns.close()\ns.unlink()\nif os.path.realpath('/dev/shm').startswith('/sandbox'): raise PermissionError(1, 'its own')",
    ),
    onlyRoot(
      change(
        'mount-bind',
        'bind-mount / into the workdir',
        "os.mkdir('m')\nif libc.mount(b'/', b'm', None, 4096, None): raise OSError(ctypes.get_errno(), 'mount')\nlibc.umount2(b'm', 2)",
      ),
    ),
    change(
      'remount',
      'remount / writable',
      "if libc.mount(None, b'/', None, 32 | 4096, None): raise OSError(ctypes.get_errno(), 'mount')",
      { unprovable: 'it would change the root of this machine' },
    ),
    change(
      'umount',
      'unmount what hides the host',
      "if libc.umount2(b'/sandbox', 2): raise OSError(ctypes.get_errno(), 'umount')",
      { unprovable: 'there is no such mount outside' },
    ),
  ],
};
