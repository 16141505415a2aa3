import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Written before an environment takes its place: a directory without it is none. */
const FILE = 'pungi-env.json';

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
  writeFileSync(join(directory, FILE), `${JSON.stringify(record, null, 2)}\n`);
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
