import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const DIRECTORY = join(import.meta.dirname, '../../.cache/peers');
const PACKAGES = ['pyodide@314.0.7', '@pydantic/monty@0.0.18'];
const ENTRIES = {
  pyodide: join(DIRECTORY, 'node_modules/pyodide/pyodide.mjs'),
  monty: join(DIRECTORY, 'node_modules/@pydantic/monty/wrapper.js'),
};

export function isInstalled(name) {
  return existsSync(ENTRIES[name]);
}

export function importPeer(name) {
  return import(pathToFileURL(ENTRIES[name]).href);
}

/** Outside the package, which must not depend on them; gives why that failed, or `null`. */
export function installPeers() {
  mkdirSync(DIRECTORY, { recursive: true });
  writeFileSync(join(DIRECTORY, 'package.json'), '{ "private": true }\n');
  try {
    const args = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', ...PACKAGES];
    execFileSync('npm', args, { cwd: DIRECTORY, stdio: ['ignore', 'ignore', 'pipe'], timeout: 180_000 });
    return null;
  } catch (error) {
    return String(error.stderr ?? error.message)
      .trim()
      .split('\n')
      .at(-1);
  }
}
