import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa, execaSync } from 'execa';
import { describe, expect, test } from 'vitest';
import { wantedJails } from '../conformance/wanted-levels.js';
import { copyLibrary } from './library-copy.js';

const LEVELS = wantedJails();

/** Tells what the caller sees, and what is left where the run could write. */
const PROGRAM = `import { readdirSync } from 'node:fs';
import { presets, runCode } from './dist/index.js';
const [level, code, options] = JSON.parse(process.argv[2]);
const left = () => readdirSync(process.env.TMPDIR).filter((name) => name !== 'filler');
let seen;
try {
  const run = await runCode(code, undefined, { ...presets.agent, isolation: { exactly: level } }, { ...options, oneshot: true });
  seen = { status: run.status, error: run.error && String(run.error), result: run.result };
} catch (error) {
  seen = { name: error.name, code: error.code, message: error.message, hint: error.hint };
}
console.log(JSON.stringify({ ...seen, left: left() }));`;

const library = copyLibrary(PROGRAM);
const temporary = join(library.directory, 'tmp');
const unshare = process.getuid?.() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount'];
const missing = execaSync('unshare', [...unshare, 'true'], { reject: false }).failed
  ? 'this user may not make a mount namespace'
  : null;

const NOTHING_LEFT = { left: [], stderr: '' };

/** Runs the program where `setUp`, shell commands, has changed what is mounted, for it alone. */
async function runThere(setUp: string, level: string, code: string, options: object = {}): Promise<unknown> {
  const home = mkdtempSync(join(library.directory, 'home-'));
  const script = `set -e\n${setUp}\nexec "$NODE" "$@"`;
  const argument = JSON.stringify([level, code, options]);
  const command = [...unshare, '--', 'sh', '-c', script, 'sh', library.program, argument];
  const { stdout, stderr } = await execa('unshare', command, {
    env: { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: temporary, NODE: process.execPath },
    extendEnv: false,
    reject: false,
  });
  return { ...JSON.parse(stdout === '' ? 'null' : stdout), stderr };
}

const FULL = 'dd if=/dev/zero of="$TMPDIR/filler" bs=4k 2>/dev/null || true';
const TMPFS = 'mount -t tmpfs -o size=256k,mode=1777 tmpfs "$TMPDIR"';
const NO_INODES = 'mount -t tmpfs -o size=256k,nr_inodes=2,mode=1777 tmpfs "$TMPDIR"; touch "$TMPDIR/filler"';
const READ_ONLY_HOME = 'mount --bind "$HOME" "$HOME"; mount -o remount,bind,ro "$HOME"';
const FULL_HOME =
  'mount -t tmpfs -o size=64k tmpfs "$HOME"; dd if=/dev/zero of="$HOME/filler" 2>/dev/null || true';

const UNUSABLE = {
  name: 'PungiError',
  code: 'SANDBOX_UNAVAILABLE',
  message: `The temporary directory ${JSON.stringify(temporary)} cannot be used: EROFS.`,
  hint: 'Set TMPDIR to a directory that this process can write to.',
  ...NOTHING_LEFT,
};
const WORKS = { status: 'ok', error: null, result: 42, ...NOTHING_LEFT };
/** At level `full` the run has a disk of its own in memory: that of the host does not matter. */
const WORKS_AT_FULL = { full: WORKS };

interface Row {
  readonly name: string;
  readonly setUp: string;
  readonly code?: string;
  readonly options?: object;
  readonly expected: Readonly<Record<(typeof LEVELS)[number], unknown>>;
}

const ROWS: readonly Row[] = [
  { name: 'a home that may only be read', setUp: READ_ONLY_HOME, expected: { full: WORKS, kernel: WORKS } },
  { name: 'a full disk at home', setUp: FULL_HOME, expected: { full: WORKS, kernel: WORKS } },
  {
    name: 'a full temporary disk and a program that writes nothing',
    setUp: `${TMPFS}; ${FULL}`,
    expected: { full: WORKS, kernel: WORKS },
  },
  {
    name: 'a full temporary disk and a program that writes',
    setUp: `${TMPFS}; ${FULL}`,
    code: 'open("a", "w").write("x" * 100000)\nresult = 42',
    expected: {
      ...WORKS_AT_FULL,
      kernel: { status: 'error', error: 'OSError: [Errno 28] No space left on device', ...NOTHING_LEFT },
    },
  },
  {
    name: 'a full temporary disk and files in',
    setUp: `${TMPFS}; ${FULL}`,
    options: { files: { a: 'x'.repeat(100_000) } },
    expected: {
      ...WORKS_AT_FULL,
      kernel: {
        name: 'PungiError',
        code: 'INVALID_INPUT',
        message: 'The files could not be put in place: they do not fit into the workdir.',
        hint: 'Raise diskLimitMb, or make room in the temporary directory of this machine.',
        ...NOTHING_LEFT,
      },
    },
  },
  {
    name: 'a temporary disk without an inode left',
    setUp: NO_INODES,
    expected: {
      ...WORKS_AT_FULL,
      kernel: {
        name: 'PungiError',
        code: 'START_FAILED',
        message: expect.stringMatching(
          `^No directory for the run could be made in '${temporary}': ENOSPC: no space left on device, mkdir '.+'\\.$`,
        ),
        hint: 'Make room there, or set TMPDIR to a directory that this process may write.',
        ...NOTHING_LEFT,
      },
    },
  },
  {
    name: 'a temporary disk that may only be read',
    setUp: `${TMPFS}; mount -o remount,ro "$TMPDIR"`,
    expected: { full: UNUSABLE, kernel: UNUSABLE },
  },
];

describe.each(LEVELS)('at level %s', (level) => {
  test.skipIf(missing !== null).each(ROWS)(
    `$name${missing === null ? '' : ` (skipped: ${missing})`}`,
    async ({ setUp, code = 'result = 42', options, expected }) => {
      expect(await runThere(setUp, level, code, options)).toEqual(expected[level]);
      // What was mounted covers nothing here: it was the run's alone.
      expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(library.directory);
      expect(readdirSync(temporary)).toEqual([]);
    },
  );
});
