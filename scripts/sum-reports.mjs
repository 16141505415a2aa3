// Sums the reports of vitest and unittest in a directory: `N passed, N failed`; fails when one failed.
// The second argument is the number of steps that failed without a test to show for it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [directory, failedSteps = '0'] = process.argv.slice(2);
if (directory === undefined) {
  console.error('usage: node scripts/sum-reports.mjs DIRECTORY [FAILED_STEPS]');
  process.exit(64);
}

const reports = readdirSync(directory)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, content: JSON.parse(readFileSync(join(directory, name), 'utf8')) }));
const counts = reports.map(({ name, content }) =>
  name.startsWith('vitest-') ? ofVitest(content) : ofUnittest(content),
);
const sum = (key) => counts.reduce((total, count) => total + count[key], 0);

const passed = sum('passed');
const failed = Math.max(sum('failed'), Number(failedSteps));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** A file that could not be loaded has no tests of its own but fails its suite. */
function ofVitest(report) {
  const failed = report.numFailedTests;
  return { passed: report.numPassedTests, failed: failed === 0 && !report.success ? 1 : failed };
}

function ofUnittest(outcomes) {
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    failed: outcomes.reduce((total, { failed }) => total + failed, 0),
  };
}
