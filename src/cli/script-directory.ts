import type { Dirent } from 'node:fs';
import { existsSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { FileInput } from '../job/run-options.js';
import { formatBytes } from '../result/quantities.js';
import { UsageError } from './usage-error.js';

const MOST_FILES = 2000;
const MOST_BYTES = 256 * 1024 * 1024;
/** Made by tools, and large. */
const LEFT_OUT = new Set(['__pycache__', 'node_modules']);

/**
 * The files in the directory of a script, by their names relative to it, for a scratch copy. Left out are hidden ones
 * (`.env`, `.git`), symlinks, which may lead anywhere, and what tools make: caches and virtual environments.
 */
export async function scriptDirectory(script: string): Promise<Readonly<Record<string, FileInput>>> {
  const root = dirname(resolve(script));
  const files = new Map<string, FileInput>();
  const pending = [''];
  let bytes = 0;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const entry of await list(join(root, at))) {
      const name = join(at, entry.name);
      const path = join(root, name);
      if (entry.isDirectory() && !isEnvironment(path)) pending.push(name);
      if (!entry.isFile() || name === basename(script)) continue;
      files.set(name, { path });
      bytes += (await lstat(path)).size;
      if (files.size > MOST_FILES || bytes > MOST_BYTES) throw tooLarge(root);
    }
  }
  return Object.fromEntries([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

async function list(directory: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith('.') && !LEFT_OUT.has(name));
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new UsageError(
      `The directory '${directory}' cannot be read (${reason}).`,
      '--alone copies only the program.',
      cause,
    );
  }
}

function isEnvironment(directory: string): boolean {
  return existsSync(join(directory, 'pyvenv.cfg'));
}

function tooLarge(root: string): UsageError {
  return new UsageError(
    `The directory of the program, '${root}', is too large to copy; allowed: ${MOST_FILES} files and ${formatBytes(MOST_BYTES)}.`,
    '--alone copies only the program, and --file NAME=PATH what it needs beside it.',
  );
}
