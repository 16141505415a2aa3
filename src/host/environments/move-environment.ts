import { lstatSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Moves a finished environment to its place; `false` when something is there already. Of what wheels hold only the
 * first lines of scripts, venv's own scripts and its settings name the place; modules are told theirs when imported.
 */
export function moveEnvironment(from: string, to: string): boolean {
  for (const path of [join(from, 'pyvenv.cfg'), ...filesIn(join(from, 'bin'))]) renamePlace(path, from, to);
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory)
    .map((name) => join(directory, name))
    .filter((path) => lstatSync(path).isFile());
}

function renamePlace(path: string, from: string, to: string): void {
  const content = readFileSync(path);
  if (!content.includes(from)) return;
  // By bytes: scripts may be in any encoding.
  const bytes = (text: string): string => Buffer.from(text).toString('latin1');
  const moved = content.toString('latin1').replaceAll(bytes(from), () => bytes(to));
  writeFileSync(path, moved, 'latin1');
}

const TAKEN: readonly unknown[] = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'];

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && TAKEN.includes(error.code);
}
