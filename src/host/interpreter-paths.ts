import { basename, join, resolve } from 'node:path';
import type { PythonFacts } from './host-facts.js';

/** Where `site` looks for files that add to the path, and packages are installed. */
const PACKAGES = new Set(['site-packages', 'dist-packages']);
const NAMES = ['bin/python', 'bin/python3', 'pyvenv.cfg'] as const;

/** What shows that an interpreter or its virtual environment was replaced, removed, upgraded or given packages. */
export function interpreterPaths(python: PythonFacts, home: string): readonly string[] {
  const { executable, requested, prefix, sysPath } = python;
  return [
    executable,
    ...NAMES.map((name) => join(prefix, name)),
    ...sysPath.filter((path) => PACKAGES.has(basename(path))),
    ...(requested?.includes('/') === true ? [fileOf(requested, home)] : []),
  ];
}

function fileOf(requested: string, home: string): string {
  return requested.startsWith('~/') ? join(home, requested.slice(1)) : resolve(requested);
}
