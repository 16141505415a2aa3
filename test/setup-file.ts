import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';

/** Kinds of open handles that a test file must have closed when it ends. */
const OWNED = new Set(['ProcessWrap', 'TCPServerWrap', 'PipeServerWrap']);
const PATIENCE_MS = 2_000;

/** Node from 22 on keeps the bytecode of npm and its like there. */
const NODE_CACHE = 'node-compile-cache';

// Another file may be at work beside this one: each has a temporary directory of its own.
const directory = mkdtempSync(join(tmpdir(), 'f-'));
process.env['TMPDIR'] = directory;

const warnings: string[] = [];
process.on('warning', (warning) => warnings.push(`${warning.name}: ${warning.message}`));

const before: string[] = [];
beforeAll(() => {
  before.push(...openHandles());
});

afterAll(async () => {
  // Warnings are emitted from the next tick of the event loop.
  await delay(0);
  const deadline = performance.now() + PATIENCE_MS;
  while ((openHandles().length > before.length || leftFiles().length > 0) && performance.now() < deadline) {
    await delay(20);
  }
  const left = leftFiles();
  rmSync(directory, { recursive: true, force: true });
  expect(left, 'temporary files that the file left').toEqual([]);
  expect(openHandles(), 'processes and listeners that the file left open').toEqual(before);
  expect(warnings, 'process warnings during the file').toEqual([]);
});

function openHandles(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => OWNED.has(kind));
}

function leftFiles(): string[] {
  return readdirSync(directory).filter((name) => name !== NODE_CACHE);
}
