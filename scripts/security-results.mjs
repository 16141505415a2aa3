// Writes the generated parts of docs/security-results.md: what was tried where and what held, from reports of vitest named
// by their place (`root.json`, `user.json`, `container-0.json`, `container-1000.json`), and the score of `npm run mutate`
// from its reports (`mutations-*.json`). Usage: node scripts/security-results.mjs DIRECTORY
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../docs/security-results.md', import.meta.url));
const PLACES = new Map([
  ['root', 'root of the host'],
  ['user', 'ordinary user of the host'],
  ['container-0', 'stock container, root'],
  ['container-1000', 'stock container, uid 1000'],
]);
/** What a file tries, with the engine and the policy where its names do not tell them. */
const SUITES = new Map([
  ['corpus.test.ts', { what: 'attacks, one program for a family', engine: null, policy: null }],
  ['trials.test.ts', { what: 'attacks, a run for each', engine: 'oneshot', policy: '`presets.agent`' }],
  ['syscall-sweep.test.ts', { what: 'every system call', engine: 'oneshot', policy: 'default' }],
  [
    'missing-layer.test.ts',
    { what: 'a harness without a layer', engine: 'oneshot', policy: '`presets.agent`' },
  ],
  [
    'jail-facts.test.ts',
    { what: 'what a worker finds itself to be', engine: 'warm', policy: '`presets.agent`' },
  ],
  [
    'in-flight.test.ts',
    { what: 'descriptors of one run on their way', engine: 'warm', policy: '`presets.agent`' },
  ],
  ['event-flood.test.ts', { what: 'floods of events', engine: 'warm', policy: '`presets.agent`' }],
]);

const [directory] = process.argv.slice(2);
if (directory === undefined) {
  console.error('usage: node scripts/security-results.mjs DIRECTORY');
  process.exit(64);
}
const reports = readdirSync(directory).filter((name) => name.endsWith('.json'));
const read = (name) => JSON.parse(readFileSync(join(directory, name), 'utf8'));

const page = [
  ['machine', machine()],
  ['runs', runs()],
  ['mutations', mutations()],
].reduce((text, [name, lines]) => replaceBlock(text, name, lines), readFileSync(PAGE, 'utf8'));
writeFileSync(PAGE, page);

function machine() {
  const python = execFileSync('python3', ['--version'], { encoding: 'utf8' }).trim();
  const facts = [
    `Linux ${release()}`,
    process.arch,
    `${cpus().length} processors`,
    `Node ${process.version}`,
    python,
  ];
  return [`Run on ${new Date().toISOString().slice(0, 10)}: ${facts.join(', ')}.`];
}

function runs() {
  const rows = new Map();
  for (const [place, where] of PLACES) {
    if (!reports.includes(`${place}.json`)) continue;
    for (const { name, assertionResults } of read(`${place}.json`).testResults) {
      const suite = SUITES.get(basename(name));
      if (suite === undefined) continue;
      for (const result of assertionResults) count(rows, where, suite, result);
    }
  }
  // Where a place does not have a level, nothing of it was run.
  const tried = [...rows].filter(([, { passed, failed }]) => passed + failed > 0);
  const head = [
    '| what | where | level | engine | policy | held | did not | not run |',
    '| --- '.repeat(8).concat('|'),
  ];
  return [
    ...head,
    ...tried.map(([key, { passed, failed, skipped }]) => `${key} ${passed} | ${failed} | ${skipped} |`),
  ];
}

function count(rows, where, suite, { fullName, status }) {
  const level = / at level (full|kernel)/.exec(` ${fullName}`)?.[1];
  // Controls, which are not jailed, and checks of the tables themselves.
  if (level === undefined) return;
  const engine = suite.engine ?? / in the (oneshot|warm) engine/.exec(fullName)?.[1];
  const policy = suite.policy ?? (fullName.includes('presets.agent') ? '`presets.agent`' : 'default');
  const key = `| ${[suite.what, where, level, engine, policy].join(' | ')} |`;
  const row = rows.get(key) ?? { passed: 0, failed: 0, skipped: 0 };
  rows.set(key, row);
  row[status === 'passed' || status === 'failed' ? status : 'skipped'] += 1;
}

function mutations() {
  const found = reports
    .filter((name) => name.startsWith('mutations-'))
    .map(read)
    .sort((one, two) => (one.at < two.at ? -1 : 1));
  // The last word on each; what was tried in which tree is said of it.
  const outcomes = new Map(
    found.flatMap(({ tree, outcomes: some }) => some.map((outcome) => [outcome.id, { ...outcome, tree }])),
  );
  const trees = [...new Set(found.map(({ tree }) => tree))];
  const marks = new Map(trees.map((tree, index) => [tree, String.fromCharCode(65 + index)]));
  const families = [...new Set([...outcomes.keys()].map((id) => id.split('/')[0]))];
  const rows = families.map((family) => {
    const members = [...outcomes.values()].filter(({ id }) => id.startsWith(`${family}/`));
    const caught = members.filter(({ verdict }) => verdict === 'caught').length;
    const others = members
      .filter(({ verdict }) => verdict !== 'caught')
      .map(({ id, verdict }) => `${id}: ${verdict}`);
    const trees = [...new Set(members.map(({ tree }) => tree))];
    const told = trees.map(
      (tree) => `${marks.get(tree)}: ${members.filter((each) => each.tree === tree).length}`,
    );
    return `| ${family} | ${members.length} | ${caught} | ${others.join(', ') || 'none'} | ${told.join(', ')} |`;
  });
  const caught = [...outcomes.values()].filter(({ verdict }) => verdict === 'caught').length;
  return [
    `${caught} of ${outcomes.size} mutations were caught; there are ${Math.max(outcomes.size, ...found.map(({ all }) => all ?? 0))}.`,
    '',
    '| taken out | tried | caught | not caught | in the tree |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `Trees: ${[...marks].map(([tree, mark]) => `${mark} ${tree}`).join('; ')}.`,
  ];
}

function replaceBlock(text, name, lines) {
  const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${PAGE} has no part '${name}'.`);
  return `${before}${start}\n${lines.join('\n')}\n${end}${after}`;
}
