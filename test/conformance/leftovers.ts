import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { findCgroups } from '../leftovers/find-cgroups.js';
import { findProcesses } from '../leftovers/find-processes.js';

const PATIENCE_MS = 5_000;

/** Registers the check that a group of tests leaves no process, temporary file and control group of its making. */
export function expectNothingLeft(): void {
  const startedMs = Date.now();
  const before: { cgroups: string[]; files: string[] } = { cgroups: [], files: [] };
  beforeAll(() => {
    before.cgroups = findCgroups();
    before.files = temporaryFiles();
  });
  afterAll(async () => {
    const deadline = performance.now() + PATIENCE_MS;
    while (left(startedMs, before).length > 0 && performance.now() < deadline) await delay(50);
    expect(left(startedMs, before)).toEqual([]);
  });
}

function left(startedMs: number, before: { cgroups: readonly string[]; files: readonly string[] }): string[] {
  return [
    ...findProcesses(startedMs, temporaryDirectory()),
    ...temporaryFiles().filter((name) => !before.files.includes(name)),
    ...findCgroups().filter((path) => !before.cgroups.includes(path) && isOurs(path)),
  ];
}

/** A group bears the number of the Node that made it; another suite may be at work beside us. */
function isOurs(path: string): boolean {
  return path.includes(`/pungi-${process.pid}-`);
}

function temporaryFiles(): string[] {
  return readdirSync(temporaryDirectory());
}

/** Set by the global set-up for this suite alone. */
function temporaryDirectory(): string {
  const directory = process.env['TMPDIR'];
  if (directory === undefined) throw new Error('The global set-up gives the suite a TMPDIR of its own.');
  return directory;
}
