import { expect } from 'vitest';
import type { RunResult } from '../../../src/index.js';
import { LINE_PRELUDE, type Trial } from '../trial.js';

/** Short paths past the language policy, which would speak first. */
const RAW = `
def mkdir(p): assert libc.mkdir(os.fsencode(p), 0o700) == 0, ctypes.get_errno()
def chdir(p): assert libc.chdir(os.fsencode(p)) == 0, ctypes.get_errno()
def touch(p, data=b'x'):
    d = libc.open(os.fsencode(p), os.O_CREAT | os.O_WRONLY, 0o600)
    assert d >= 0, ctypes.get_errno()
    os.write(d, data); os.close(d)
`;

function trial(id: string, technique: string, code: string, rest: Partial<Trial> = {}): Trial {
  return {
    id: `outputs/${id}`,
    technique,
    source: 'DESIGN section 10, lesson 3: confused deputies on the host',
    mustNot: 'lead the host out of the workdir, nor break the collection of the rest',
    code: LINE_PRELUDE + RAW + code,
    statuses: ['ok'],
    check: goodFileOnly,
    ...rest,
  };
}

/** Every program of these writes `good` as well: what is wrong beside it must not cost the caller that file. */
function goodFileOnly({ files }: RunResult): void {
  expect([...files.keys()]).toEqual(['good']);
}

function holdsGood({ files }: RunResult): void {
  expect([...files.keys()]).toContain('good');
}

const GOOD = "touch('good')\n";

export const OUTPUTS: readonly Trial[] = [
  trial('control', 'one regular file (control)', GOOD),
  trial('symlink', 'a symlink to /etc/passwd', `${GOOD}os.symlink('/etc/passwd', 'link')`),
  trial('symlink-relative', 'a symlink by ..', `${GOOD}os.symlink('../' * 30 + 'etc/passwd', 'link')`),
  trial('symlink-directory', 'a symlink to /etc', `${GOOD}os.symlink('/etc', 'link')`),
  trial('symlink-loop', 'symlinks in a circle', `${GOOD}os.symlink('b', 'a'); os.symlink('a', 'b')`),
  trial(
    'symlink-magic',
    'a symlink to /proc/self/environ',
    `${GOOD}os.symlink('/proc/self/environ', 'link')`,
  ),
  trial('fifo', 'a FIFO, which would block a reader', `${GOOD}os.mkfifo('fifo')`),
  trial(
    'fifo-held',
    'a FIFO that a process holds open',
    `${GOOD}os.mkfifo('fifo')\nos.open('fifo', os.O_RDWR)`,
  ),
  trial(
    'hard-links',
    'a thousand names of one file',
    `${GOOD}for i in range(1000): os.link('good', 'name%d' % i)`,
    {
      check: ({ files }) => expect(files.size).toBeLessThanOrEqual(256),
    },
  ),
  trial(
    'deep',
    '3,000 directories inside one another',
    `${GOOD}for _ in range(3000): mkdir('d'); chdir('d')\ntouch('f')`,
    { statuses: ['ok', 'disk_limit'] },
  ),
  trial(
    'long',
    'a path of 6,000 bytes',
    `${GOOD}for i in range(25): mkdir('n' * 250); chdir('n' * 250)\ntouch('f')`,
  ),
  trial(
    'long-escapes',
    'a path of 15,000 control characters',
    `${GOOD}for i in range(60): mkdir(chr(1) * 250); chdir(chr(1) * 250)\ntouch('f')`,
  ),
  trial(
    'left-out-flood',
    'many long names to report as left out',
    `${GOOD}n = chr(0x1f600) * 63\nfor _ in range(14): mkdir(n); chdir(n)\nfor i in range(101): assert libc.mkfifo((chr(0x1f600 + i) * 60).encode(), 0o600) == 0`,
  ),
  trial('names-bytes', 'a name that is not UTF-8', `${GOOD}touch(b'\\xff\\xfe')`),
  trial(
    'names-newline',
    'a name with newlines and escapes',
    `${GOOD}touch('a\\nb'); touch('\\x1b[31mred'); touch('\\r')`,
  ),
  trial('names-255', 'a name of 255 bytes', `${GOOD}touch('n' * 255)`, {
    check: ({ files }) => expect([...files.keys()]).toEqual(['good', 'n'.repeat(255)]),
  }),
  trial('names-prototype', 'names of the prototype', `${GOOD}touch('__proto__'); touch('constructor')`, {
    check: holdsGood,
  }),
  trial('names-dots', 'names of dots and blanks', `${GOOD}touch('...'); touch(' '); touch('-rf')`, {
    check: holdsGood,
  }),
  trial(
    'names-removal',
    'names that the removal of the tree may use',
    `${GOOD}for i in range(1, 40): mkdir('../\\x01%d' % i); mkdir('../\\x01%d/x' % i)\nos.makedirs('a/b/c')`,
  ),
  trial(
    'names-removal-files',
    'files by names that the removal may use',
    `${GOOD}for i in range(1, 40): touch('../\\x01%d' % i)\nos.makedirs('a/b/c')`,
  ),
  trial('work-removed', 'the workdir itself removed', 'os.rmdir(os.getcwd())', {
    check: ({ files }) => expect(files.size).toBe(0),
  }),
  trial(
    'work-replaced',
    'the workdir replaced by a symlink to /etc',
    "libc.rename(b'../work', b'../tmp/x'); libc.symlink(b'/etc', b'../work')",
    {
      check: ({ files }) => expect(files.size).toBe(0),
    },
  ),
  trial(
    'mode-file',
    'a file of mode 000',
    `${GOOD}touch('closed'); os.fchmod(os.open('closed', os.O_RDONLY), 0)`,
    { check: holdsGood, statuses: ['ok', 'error'] },
  ),
  trial(
    'mode-directory',
    'a directory of mode 000 with a file in it',
    `${GOOD}mkdir('closed'); touch('closed/in'); d = os.open('closed', os.O_RDONLY); libc.fchmod(d, 0)`,
    { check: holdsGood },
  ),
  trial('mode-work', 'the workdir of mode 000', `${GOOD}libc.fchmod(os.open('.', os.O_RDONLY), 0)`, {
    check: () => undefined,
  }),
  trial(
    'mode-setuid',
    'a file with the setuid bit',
    `${GOOD}touch('suid'); libc.fchmod(os.open('suid', os.O_RDONLY), 0o6777)`,
    {
      check: ({ files }) => expect((files.get('suid')?.mode ?? 0) & 0o7000).toBe(0),
    },
  ),
  trial(
    'sparse',
    'a sparse file of 1 TB',
    `${GOOD}d = os.open('sparse', os.O_CREAT | os.O_WRONLY)\ntry: os.ftruncate(d, 1 << 40)\nexcept OSError: pass\nos.close(d)`,
    {
      check: ({ files }) => expect(files.get('sparse')?.sizeBytes ?? 0).toBeLessThanOrEqual(64 << 20),
    },
  ),
  trial(
    'many',
    'as many empty files as it can make',
    `${GOOD}i = 0\nwhile True:\n    os.close(os.open('e%d' % i, os.O_CREAT | os.O_WRONLY)); i += 1`,
    {
      // At level kernel the supervisor counts every 50 ms, and counting is slow on a busy disk.
      statuses: ['disk_limit', 'timeout'],
      check: ({ files }) => expect(files.size).toBeLessThanOrEqual(256),
    },
  ),
  trial(
    'race',
    'a child that swaps files for symlinks while the run ends',
    `${GOOD}os.mkdir('d'); touch('d/f')
if os.fork() == 0:
    while True:
        try:
            os.rename('d', 'e'); os.symlink('/etc', 'd'); os.unlink('d'); os.rename('e', 'd')
        except OSError: pass
time.sleep(0.1)`,
    {
      levels: ['full'],
      check: ({ files }) => expect([...files.keys()].filter((name) => name.includes('passwd'))).toEqual([]),
    },
  ),
  trial(
    'thread-after',
    'a thread that writes files while the outcome is read',
    `${GOOD}def spin():
    while True:
        try: touch('late'); os.unlink('late')
        except Exception: pass
threading.Thread(target=spin, daemon=True).start()
time.sleep(0.05)`,
    { check: holdsGood },
  ),
];
