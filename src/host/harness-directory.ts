import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PungiError } from '../errors/pungi-error.js';

/** From `dist/*.js`; from `dist/cli/*.js` and `src/host/*.ts`. */
const CANDIDATES = ['../python-harness/', '../../python-harness/'] as const;

/**
 * The directory that holds the package `pungi_harness`, shipped as source beside `dist`.
 *
 * @example
 * harnessDirectory() // '/app/node_modules/pungi/python-harness/'
 */
export function harnessDirectory(base: string = import.meta.url): string {
  const tried = CANDIDATES.map((candidate) => fileURLToPath(new URL(candidate, base)));
  const found = tried.find((directory) => existsSync(`${directory}pungi_harness`));
  if (found === undefined) {
    throw new PungiError(
      'START_FAILED',
      `The Python harness of pungi was not found; looked in ${tried.join(' and ')}.`,
      {
        details: { tried },
        hint: 'Install pungi again, and mark it as external where a bundler packs the program.',
      },
    );
  }
  return found;
}
