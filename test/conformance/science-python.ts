import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's interpreter, for which `.ci/run` installs numpy and pandas. */
const FILE = '/usr/bin/python3';

export function sciencePython(): { readonly file: string; readonly skip: string | null } {
  if (!existsSync(FILE)) return { file: FILE, skip: `${FILE} does not exist` };
  try {
    execFileSync(FILE, ['-c', 'import numpy, pandas'], { stdio: 'pipe' });
    return { file: FILE, skip: null };
  } catch {
    return { file: FILE, skip: `${FILE} has no numpy and pandas` };
  }
}
