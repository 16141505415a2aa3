import { stat } from 'node:fs/promises';
import path from 'node:path';

const OTHERS_READ = 0o4;
const OTHERS_SEARCH = 0o1;

/** Whether an unrelated user can reach and read every one of these real paths (their own bits, not all beneath). */
export async function readableByOthers(paths: readonly string[]): Promise<boolean> {
  for (const file of paths) {
    if (!(await isReadable(file))) return false;
  }
  return true;
}

/** Whether an unrelated user can pass through this directory and all above it. */
export async function passableByOthers(directory: string): Promise<boolean> {
  if (((await stat(directory)).mode & OTHERS_SEARCH) === 0) return false;
  const parent = path.dirname(directory);
  return parent === directory || passableByOthers(parent);
}

async function isReadable(file: string): Promise<boolean> {
  const own = await stat(file);
  const needed = own.isDirectory() ? OTHERS_READ | OTHERS_SEARCH : OTHERS_READ;
  return (own.mode & needed) === needed && passableByOthers(path.dirname(file));
}
