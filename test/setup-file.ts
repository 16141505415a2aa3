import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';

/** Kinds of open handles that a test file must have closed when it ends. */
const OWNED = new Set(['ProcessWrap', 'TCPServerWrap', 'PipeServerWrap']);
const PATIENCE_MS = 2_000;

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
  while (openHandles().length > before.length && performance.now() < deadline) await delay(20);
  expect(openHandles(), 'processes and listeners that the file left open').toEqual(before);
  expect(warnings, 'process warnings during the file').toEqual([]);
});

function openHandles(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => OWNED.has(kind));
}
