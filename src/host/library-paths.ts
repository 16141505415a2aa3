import path from 'node:path';
import { followLinks } from './follow-links.js';
import { isWithin } from './path-parts.js';
import type { PythonAnswer } from './probe-answer.js';
import { type RealPaths, realPaths } from './real-paths.js';

/** Prefixes that hold more than a Python: only the Python parts of these are opened to a run. */
const SHARED_PREFIXES = [
  '/',
  '/usr',
  '/usr/local',
  '/opt',
  '/opt/homebrew',
  '/opt/local',
  '/home',
  '/root',
  '/var',
];

/** What a virtual environment holds; it may share its directory with a project and that project's secrets. */
const ENVIRONMENT_PARTS = ['bin', 'lib', 'lib64', 'share', 'etc', 'pyvenv.cfg'];

/** Stores in which every package names the others by full path. */
const STORES = ['/nix/store', '/gnu/store'];

/** The interpreter, its standard library and its packages, as existing real paths: these and no more are readable. */
export async function libraryPaths(python: PythonAnswer, homeDirectory: string): Promise<RealPaths> {
  const home = (await followLinks(homeDirectory))?.realPath ?? homeDirectory;
  const wanted = [python.executable, python.standardLibrary];
  if (python.libpython !== null) wanted.push(path.dirname(python.libpython));
  if (isPrivate(python.basePrefix, home)) wanted.push(python.basePrefix);
  if (python.prefix !== python.basePrefix) {
    wanted.push(...ENVIRONMENT_PARTS.map((part) => path.join(python.prefix, part)));
  }
  wanted.push(...python.sysPath.filter((entry) => path.isAbsolute(entry)));
  wanted.push(...STORES.filter((store) => isWithin(python.executable, store)));
  // A `.pth` file can name any directory: one that holds the home directory would open all of it.
  return realPaths(wanted, (realPath) => realPath !== '/' && !isWithin(home, realPath));
}

function isPrivate(prefix: string, home: string): boolean {
  const shared = [...SHARED_PREFIXES, path.join(home, '.local')];
  return !shared.includes(prefix) && !isWithin(home, prefix);
}
