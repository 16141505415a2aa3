import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isAbandoned } from '../../spawn/owner.js';

/** Written last: an environment without it is half made. */
const FILE = 'pungi-env.json';
const MAKER = 'pungi-env.maker';
const LONGEST_MS = 3_600_000;

const schema = z.object({
  /** The interpreter that it was made of. */
  python: z.string(),
  version: z.string(),
  /** What was asked for, sorted. */
  packages: z.array(z.string()),
  /** All that is installed, dependencies too, as exact pins. */
  installed: z.array(z.string()),
});

export type EnvironmentRecord = Readonly<z.infer<typeof schema>>;

/** What is said of the environment in a directory; `null` when it is not finished, or is none. */
export function readRecord(directory: string): EnvironmentRecord | null {
  const text = readOrNull(join(directory, FILE));
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Says that the environment is finished. */
export function writeRecord(directory: string, record: EnvironmentRecord): void {
  const path = join(directory, FILE);
  writeFileSync(`${path}.part`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${path}.part`, path);
}

/**
 * Whether a process is at it. Of one in another container, or before the last boot, nothing is known but the time: none
 * takes longer than an hour.
 */
export function isBeingMade(directory: string): boolean {
  const path = join(directory, MAKER);
  const maker = readOrNull(path);
  if (maker === null || isAbandoned(maker)) return false;
  return Date.now() - statSync(path).mtimeMs < LONGEST_MS;
}

export function writeMaker(directory: string, maker: string): void {
  writeFileSync(join(directory, MAKER), maker);
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
