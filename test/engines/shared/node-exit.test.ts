import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleLibrary } from '../../bundle-library.js';
import { findCgroups } from '../../leftovers/find-cgroups.js';
import { WARM_LEVELS } from '../warm/levels.js';

const ROOT = join(import.meta.dirname, '../../..');
/** Far below the deadline of what runs, and below the time after which an idle pool closes. */
const AT_ONCE_MS = 5000;

/** Runs twice, so that there is a pool, and tells the processes of it and the time. */
const HEAD = `import { readFileSync } from 'node:fs';
import { closeSharedPools, runCode } from './dist/index.js';
const policy = { isolation: { exactly: process.argv[2] }, timeoutSeconds: 60 };
const childrenOf = (pid) => {
  try {
    return readFileSync(\`/proc/\${pid}/task/\${pid}/children\`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return []; // It has ended.
  }
};
const treeOf = (pid) => childrenOf(pid).flatMap((child) => [child, ...treeOf(child)]);
const tell = () => console.log(JSON.stringify({ pids: treeOf(process.pid), atMs: Date.now() }));
await runCode('1', {}, policy);
const run = await runCode('result = 2', {}, policy);
if (run.result !== 2) throw new Error(String(run.error));
`;

interface Row {
  readonly program: string;
  /** Sent by the test when the program has told its processes. */
  readonly signal?: NodeJS.Signals;
  readonly ended: { readonly exitCode?: number; readonly signal?: string };
  /** Ends between making a control group and telling the supervisor of it: the next program removes it. */
  readonly isCutShort?: boolean;
}

const CLOSING = 'tell();\nawait closeSharedPools();';

const ENDLESS = "runCode('while True: pass', {}, policy);\nsetTimeout(() => { tell(); END }, 200);";

const ROWS: Readonly<Record<string, Row>> = {
  'it has nothing more to do': { program: 'tell();', ended: { exitCode: 0 } },
  'it ends while a pool is made ready for later': {
    program:
      "await runCode('1', {}, { ...policy, maxFiles: 3 });\nawait new Promise((resolve) => setTimeout(resolve, 15));\ntell();",
    ended: { exitCode: 0 },
  },
  'it closes its pools': { program: CLOSING, ended: { exitCode: 0 } },
  'process.exit with an idle pool': { program: 'tell();\nprocess.exit(3);', ended: { exitCode: 3 } },
  'process.exit during a run': {
    program: ENDLESS.replace('END', 'process.exit(3);'),
    ended: { exitCode: 3 },
  },
  'process.exit while a pool opens': {
    program: `tell();\nfor (let n = 0; n < 2; n += 1) void runCode('1', {}, { ...policy, maxFiles: 3 });\nsetTimeout(() => process.exit(3), 10);`,
    ended: { exitCode: 3 },
    isCutShort: true,
  },
  'an uncaught exception during a run': {
    program: ENDLESS.replace('END', "throw new Error('unheard');"),
    ended: { exitCode: 1 },
  },
  'SIGTERM with an idle pool': {
    program: 'setInterval(() => undefined, 1000);\ntell();',
    signal: 'SIGTERM',
    ended: { signal: 'SIGTERM' },
  },
  'SIGTERM during a run': {
    program: ENDLESS.replace('END', ''),
    signal: 'SIGTERM',
    ended: { signal: 'SIGTERM' },
  },
  'SIGKILL during a run': {
    program: ENDLESS.replace('END', ''),
    signal: 'SIGKILL',
    ended: { signal: 'SIGKILL' },
  },
};

/** A copy of the library that an ordinary Node can load. */
const place = { directory: '' };

beforeAll(async () => {
  place.directory = mkdtempSync(join(tmpdir(), 'exit-'));
  mkdirSync(join(place.directory, 'tmp'));
  await bundleLibrary(place.directory);
  for (const name of ['python-harness', 'node_modules'])
    symlinkSync(join(ROOT, name), join(place.directory, name));
});

afterAll(() => rmSync(place.directory, { recursive: true, force: true }));

describe.each(WARM_LEVELS)('a program that uses runCode at level %s ends at once, with its pool', (level) => {
  test.each(Object.entries(ROWS))('%s', async (_, { program, signal, ended, isCutShort }) => {
    const child = start(program, level);
    if (signal !== undefined) {
      await new Promise((resolve) => child.stdout.once('data', resolve));
      child.kill(signal);
    }
    const seen = await child;
    const endedAtMs = Date.now();
    expect(seen, seen.stderr).toMatchObject({ timedOut: false, ...ended });
    const told: { pids: number[]; atMs: number } = JSON.parse(seen.stdout);
    expect(told.pids.length).toBeGreaterThan(2);
    expect(endedAtMs - told.atMs).toBeLessThan(AT_ONCE_MS);
    await expect.poll(() => told.pids.filter(isAlive), { timeout: AT_ONCE_MS }).toEqual([]);
    if (isCutShort === true) await start(CLOSING, level);
    await expect.poll(() => left(child.pid), { timeout: 3000 }).toEqual([]);
  });
});

function start(program: string, level: string) {
  const file = join(place.directory, `${createHash('sha256').update(program).digest('hex')}.mjs`);
  writeFileSync(file, HEAD + program);
  return execa(process.execPath, [file, level], {
    reject: false,
    timeout: 15_000,
    env: { TMPDIR: join(place.directory, 'tmp') },
  });
}

function left(pid: number | undefined): string[] {
  return [
    ...readdirSync(join(place.directory, 'tmp')).filter((name) => name.startsWith('pungi')),
    ...findCgroups().filter((path) => path.includes(`/pungi-${pid}-`)),
  ];
}

/** A zombie is dead: whether somebody reaps it is a matter of the machine's pid 1. */
function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return false;
  }
}
