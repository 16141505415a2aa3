import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findCgroups } from './leftovers/find-cgroups.js';
import { findProcesses } from './leftovers/find-processes.js';

const PATIENCE_MS = 5_000;

/** Node from 22 on keeps the bytecode of npm and its like there. */
const NODE_CACHE = 'node-compile-cache';

/**
 * Gives the suite a temporary directory of its own, and fails the suite when, some seconds after its end,
 * a process, a file in that directory or a control group of its making is still there.
 */
export default function setUp(): () => Promise<void> {
  const startedMs = Date.now();
  const outer = process.env['TMPDIR'];
  const own = mkdtempSync(join(tmpdir(), 'pungi-suite-'));
  process.env['TMPDIR'] = own;
  const cgroupsBefore = new Set(findCgroups());

  return async () => {
    const deadline = performance.now() + PATIENCE_MS;
    let left = leftBehind();
    while (left.length > 0 && performance.now() < deadline) {
      await delay(100);
      left = leftBehind();
    }
    rmSync(own, { recursive: true, force: true });
    if (outer === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outer;
    if (left.length === 0) return;
    // Vitest prints what a teardown throws, but ends with 0, and no report of its own holds it.
    process.exitCode = 1;
    reportLeft(left);
    throw new Error(`The suite left behind:\n${left.join('\n')}`);
  };

  function leftBehind(): string[] {
    return [
      ...findProcesses(startedMs, own),
      ...readdirSync(own)
        .filter((name) => name !== NODE_CACHE && !isEmptyPlace(join(own, name)))
        .map((name) => `file ${join(own, name)}`),
      ...findCgroups()
        .filter((path) => !cgroupsBefore.has(path))
        .map((path) => `control group ${path}`),
    ];
  }
}

/** A file all of whose tests are skipped is given its directory, too, but no hook that removes it. */
function isEmptyPlace(path: string): boolean {
  return statSync(path).isDirectory() && readdirSync(path).length === 0;
}

/** As a report of vitest about a file that failed outside of its tests, for scripts/sum-reports.mjs. */
function reportLeft(left: readonly string[]): void {
  const directory = process.env['PUNGI_REPORTS'];
  if (directory === undefined) return;
  const message = `The suite left behind: ${left.join(', ')}`;
  const result = { name: import.meta.filename, status: 'failed', message, assertionResults: [] };
  const report = { numPassedTests: 0, testResults: [result] };
  writeFileSync(join(directory, `vitest-left-${process.pid}.json`), JSON.stringify(report));
}
