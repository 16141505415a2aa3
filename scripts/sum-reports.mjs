// Sums what the steps of .ci/run left in a directory, one directory for each: `step.json`, its output `log.txt`, and
// the reports of vitest and unittest. Closes with how long each step took, what failed, and `N passed, N failed`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const MOST_CHARACTERS = 300;
const LOG_LINES = 12;

const [directory] = process.argv.slice(2);
if (directory === undefined) {
  console.error('usage: node scripts/sum-reports.mjs DIRECTORY');
  process.exit(64);
}

const steps = readdirSync(directory)
  .filter((name) => existsSync(join(directory, name, 'step.json')))
  .sort((a, b) => Number(a) - Number(b))
  .map((name) => readStep(join(directory, name)));
for (const { name, seconds } of steps) console.log(`${String(seconds).padStart(5)} s  ${name}`);
const failures = steps.flatMap(({ failures: ofStep }) => ofStep);
for (const failure of failures) console.log(`FAILED ${failure}`);

const passed = steps.reduce((total, step) => total + step.passed, 0);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);

/** A step that failed without a test to show for it is one failure, told by the end of its output. */
function readStep(place) {
  const { name, seconds, exitCode } = readJson(join(place, 'step.json'));
  const reports = readdirSync(place)
    .filter((file) => /^(vitest|unittest)-.*\.json$/.test(file))
    .map((file) => {
      const content = readJson(join(place, file));
      const { passed, failures } = file.startsWith('vitest-') ? ofVitest(content) : ofUnittest(content);
      const of = file.replace(/\.json$/, '');
      return { passed, failures: failures.map((failure) => oneLine(`${name} | ${of} | ${failure}`)) };
    });
  const ofTests = reports.flatMap((report) => report.failures);
  const silent = exitCode !== 0 && ofTests.length === 0;
  return {
    name,
    seconds,
    passed: reports.reduce((total, report) => total + report.passed, 0),
    failures: silent ? [`${name} | exit code ${exitCode}, its last lines:\n${endOfLog(place)}`] : ofTests,
  };
}

/** A file that could not be loaded, or whose hooks failed, has no failed test of its own but fails its suite. */
function ofVitest({ numPassedTests, testResults }) {
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name).split(sep).join('/');
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${file} | ${firstLine(message)}`];
    return failed.map((test) => `${file} | ${test.fullName} | ${firstLine(test.failureMessages[0] ?? '')}`);
  });
  return { passed: numPassedTests, failures };
}

/** An interpreter that ended without saying which test failed is itself the failure. */
function ofUnittest(outcomes) {
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    failures: outcomes.flatMap(({ version, failed, failures }) => {
      const named = failed > 0 && failures.length === 0 ? ['it ended before its tests did'] : failures;
      return named.map((failure) => `CPython ${version} | ${failure}`);
    }),
  };
}

function endOfLog(place) {
  const log = readFileSync(join(place, 'log.txt'), 'utf8');
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(-LOG_LINES)
    .map((line) => `    ${oneLine(line)}`)
    .join('\n');
}

function firstLine(text) {
  return text.split('\n').find((line) => line.trim() !== '') ?? '';
}

function oneLine(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: vitest colours what it shows of differences.
  const plain = text.replace(/\x1b\[[0-9;]*m/g, '').replace(/\s*\n\s*/g, ' ');
  return plain.length > MOST_CHARACTERS ? `${plain.slice(0, MOST_CHARACTERS - 3)}...` : plain;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
