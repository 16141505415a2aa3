import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's interpreter, for which `.ci/run` installs packages. */
const FILE = '/usr/bin/python3';
/** Importing them takes a second, finding them none. */
const FIND =
  'from importlib.util import find_spec; import sys; sys.exit(not all(map(find_spec, sys.argv[1:])))';

export function sciencePython(modules = ['numpy', 'pandas']): {
  readonly file: string;
  readonly skip: string | null;
} {
  if (!existsSync(FILE)) return { file: FILE, skip: `${FILE} does not exist` };
  try {
    execFileSync(FILE, ['-c', FIND, ...modules], { stdio: 'pipe' });
    return { file: FILE, skip: null };
  } catch {
    return { file: FILE, skip: `${FILE} lacks one of ${modules.join(', ')}` };
  }
}
