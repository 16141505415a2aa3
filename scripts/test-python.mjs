// Runs the harness's unittest suite on every CPython 3.9 to 3.13 found here, warnings as errors, in development mode.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HARNESS = fileURLToPath(new URL('../python-harness/', import.meta.url));
const RUNNER = fileURLToPath(new URL('run_unittest.py', import.meta.url));
const MINORS = [9, 10, 11, 12, 13];
const NAMES = ['python3', ...MINORS.map((minor) => `python3.${minor}`)];
const FACTS =
  'import os, platform, sys; print(os.path.realpath(sys.executable)); print(platform.python_version()); print(platform.python_implementation())';

if (process.env.PUNGI_AGAIN === '1') {
  console.log('PUNGI_AGAIN leaves out the tests of the harness: Node has no part in them.');
  process.exit(0);
}

const interpreters = findInterpreters();
if (interpreters.length === 0) {
  console.error(
    'No CPython 3.9 to 3.13 was found on PATH, in ~/.pyenv/versions, /usr/bin or /usr/local/bin.',
  );
  process.exit(1);
}

const outcomes = await runAll(interpreters);
const absent = MINORS.filter(
  (minor) => !interpreters.some(({ version }) => version.startsWith(`3.${minor}.`)),
);
if (absent.length > 0)
  console.log(`not found here: ${absent.map((minor) => `CPython 3.${minor}`).join(', ')}`);
writeReport(outcomes);
process.exit(outcomes.every(({ failed }) => failed === 0) ? 0 : 1);

/** @returns {{ executable: string, version: string }[]} */
function findInterpreters() {
  const found = new Map();
  for (const candidate of candidates()) {
    const facts = askFacts(candidate);
    if (facts !== null && !found.has(facts.executable)) found.set(facts.executable, facts);
  }
  return [...found.values()];
}

function candidates() {
  const pyenv = join(homedir(), '.pyenv', 'versions');
  const directories = [
    ...listOrNothing(pyenv).map((version) => join(pyenv, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
  ];
  return directories.flatMap((directory) => NAMES.map((name) => join(directory, name)));
}

function listOrNothing(directory) {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** A name that does not start, a shim without a version behind it, or another Python is no candidate. */
function askFacts(candidate) {
  try {
    const text = execFileSync(candidate, ['-I', '-S', '-c', FACTS], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    });
    const [executable, version, implementation] = text.trim().split('\n');
    const minor = Number(/^3\.(\d+)\./.exec(version)?.[1]);
    return implementation === 'CPython' && MINORS.includes(minor) ? { executable, version } : null;
  } catch {
    return null;
  }
}

/** As many suites at once as there are processors: half of their time is waiting for processes. */
async function runAll(all) {
  const waiting = [...all.entries()];
  const ended = [];
  const serve = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      ended[next[0]] = await runSuite(next[1]);
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, serve));
  return ended;
}

async function runSuite({ executable, version }) {
  const ran = await runToEnd(executable, ['-W', 'error', '-X', 'dev', RUNNER]);
  const outcome = { executable, version, ...countTests(ran) };
  if (outcome.failed > 0) console.error(ran.output);
  const skipped = outcome.skipped === 0 ? '' : `, ${outcome.skipped} skipped`;
  console.log(
    `CPython ${version} (${executable}): ${outcome.passed} passed, ${outcome.failed} failed${skipped}`,
  );
  return outcome;
}

function runToEnd(executable, args) {
  const child = spawn(executable, args, {
    cwd: HARNESS,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 600_000,
    killSignal: 'SIGKILL',
  });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** An interpreter that ran nothing, crashed or was ended counts as one failure. */
function countTests({ status, output }) {
  const counts = /^passed=(\d+) failed=(\d+) skipped=(\d+)$/m.exec(output);
  const [passed, failed, skipped] = (counts ?? [0, 0, 0, 0]).slice(1).map(Number);
  const failures = [...output.matchAll(/^FAILED (.+)$/gm)].map(([, failure]) => failure);
  return { passed, failed: failed === 0 && (status !== 0 || passed === 0) ? 1 : failed, skipped, failures };
}

function writeReport(results) {
  const directory = process.env.PUNGI_REPORTS;
  if (directory === undefined) return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `unittest-${process.pid}.json`), `${JSON.stringify(results, null, 2)}\n`);
}
