import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
    // Vitest prints what a teardown throws, but ends with 0.
    process.exitCode = 1;
    throw new Error(`The suite left behind:\n${left.join('\n')}`);
  };

  function leftBehind(): string[] {
    return [
      ...findProcesses(startedMs, own),
      ...readdirSync(own)
        .filter((name) => name !== NODE_CACHE)
        .map((name) => `file ${join(own, name)}`),
      ...findCgroups()
        .filter((path) => !cgroupsBefore.has(path))
        .map((path) => `control group ${path}`),
    ];
  }
}
