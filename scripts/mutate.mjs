// Takes out each layer and each rule of the enforcement in turn, in a throw-away copy of the tree, and runs the tests
// that should see it: each must go red. `--only PATTERN` takes those whose id matches; `--report FILE` writes JSON.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MUTATIONS } from './mutations/mutations.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TIMEOUT_MS = 240_000;
const { values: options } = parseArgs({
  options: { only: { type: 'string', default: '' }, report: { type: 'string' } },
});

const chosen = MUTATIONS.filter(({ id }) => new RegExp(options.only).test(id));
if (chosen.length === 0) {
  console.error(`No mutation's id matches '${options.only}'.`);
  process.exit(64);
}
const directory = mkdtempSync(join(tmpdir(), 'pungi-mutate-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
copyTree();

/** Whether a command of tests is green without any mutation; a red one proves nothing. */
const green = new Map();
const outcomes = [];
for (const mutation of chosen) {
  outcomes.push(await judge(mutation));
  writeReport();
}

const caught = outcomes.filter(({ verdict }) => verdict === 'caught');
console.log(`${caught.length} of ${outcomes.length} caught`);
for (const { id, verdict } of outcomes.filter((outcome) => !caught.includes(outcome)))
  console.log(`${verdict}: ${id}`);
process.exit(caught.length === outcomes.length ? 0 : 1);

/** After each, so that a campaign that was broken off is not lost. */
function writeReport() {
  if (options.report === undefined) return;
  const tree = execFileSync('git', ['describe', '--always', '--dirty'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trim();
  const at = new Date().toISOString();
  const facts = { at, tree, node: process.version, all: MUTATIONS.length, outcomes };
  writeFileSync(options.report, `${JSON.stringify(facts, null, 1)}\n`);
}

async function judge({ id, edits, tests }) {
  const startedAt = performance.now();
  const verdict = await verdictOn(edits, tests);
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  console.log(`${verdict.verdict.padEnd(12)} ${id} ${verdict.by ?? ''} (${seconds} s)`);
  return { id, ...verdict };
}

/** `caught` by the first tests that go red; `survived` all; `baseline red` where they are so without it. */
async function verdictOn(edits, tests) {
  const commands = tests.map(commandOf);
  const usable = [];
  for (const command of commands) {
    if (!green.has(command.name)) green.set(command.name, (await run(command)).red === null);
    if (green.get(command.name)) usable.push(command);
  }
  if (usable.length === 0) return { verdict: 'baseline red' };
  const before = edits.map(({ file }) => [file, readFileSync(join(directory, file), 'utf8')]);
  try {
    for (const { file, find, replace } of edits) {
      const text = readFileSync(join(directory, file), 'utf8');
      writeFileSync(
        join(directory, file),
        text.replace(find, () => replace),
      );
      if (!parses(file)) return { verdict: 'no program' };
    }
    for (const command of usable) {
      const { red } = await run(command);
      if (red !== null) return { verdict: 'caught', by: command.name, red };
    }
    return { verdict: 'survived' };
  } finally {
    for (const [file, text] of before.reverse()) writeFileSync(join(directory, file), text);
  }
}

function commandOf(test) {
  const [place, words] = test.split(' -t ');
  if (place.startsWith('tests.')) {
    return {
      name: test,
      cwd: 'python-harness',
      command: ['python3', '-B', '-m', 'unittest', '--failfast', place],
    };
  }
  const filter = words === undefined ? [] : ['-t', words];
  const vitest = [
    'node',
    'node_modules/vitest/vitest.mjs',
    'run',
    '--bail',
    '1',
    '--reporter=json',
    place,
    ...filter,
  ];
  return { name: test, cwd: '.', command: vitest };
}

/** `red` names the first test that failed, or is `null`. */
async function run({ cwd, command: [file, ...args] }) {
  const child = spawn(file, args, {
    cwd: join(directory, cwd),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CI: '1' },
    timeout: TIMEOUT_MS,
    killSignal: 'SIGTERM',
  });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code));
  });
  if (status === 0) return { red: null };
  return { red: firstFailure(Buffer.concat(chunks).toString('utf8')) };
}

function firstFailure(output) {
  const line = output.split('\n').findLast((text) => text.startsWith('{"numTotalTestSuites"'));
  if (line === undefined) return /^(?:FAIL|ERROR): (.*)$/m.exec(output)?.[1] ?? 'ended';
  const { testResults } = JSON.parse(line);
  const failed = testResults.flatMap(({ assertionResults }) => assertionResults);
  const first = failed.find(({ status }) => status === 'failed');
  return (
    first?.fullName ??
    testResults.find(({ status }) => status === 'failed')?.message.split('\n')[0] ??
    'ended'
  );
}

/** A slip of the mutation itself would be red as well, and show nothing. */
function parses(file) {
  const path = join(directory, file);
  const [command, ...args] = file.endsWith('.py')
    ? ['python3', '-c', 'import ast, sys; ast.parse(open(sys.argv[1]).read())', path]
    : [join(ROOT, 'node_modules/.bin/esbuild'), path, '--log-level=silent'];
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function copyTree() {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
  });
  const names = list.toString('utf8').split('\0').filter(Boolean);
  execFileSync('cp', ['--parents', '-t', directory, '--', ...names], { cwd: ROOT });
  // Hard links where they can be had: vitest finds its packages by the place where they are.
  const copied = spawnSync('cp', ['-al', 'node_modules', directory], { cwd: ROOT, stdio: 'ignore' });
  if (copied.status !== 0) {
    rmSync(join(directory, 'node_modules'), { recursive: true, force: true });
    execFileSync('cp', ['-a', 'node_modules', directory], { cwd: ROOT });
  }
}
