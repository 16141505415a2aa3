import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { followLinks } from '../host/follow-links.js';
import { isWithin } from '../host/path-parts.js';
import { homeDirectory } from '../host/surroundings.js';
import { resolvePath } from '../plan/paths.js';
import { textProblem } from '../policy/text-rules.js';
import { invalidInput } from './invalid-input.js';

/**
 * The real path of a file that code asks the host to write, if it lies in one of the writable places; else throws
 * `INVALID_INPUT`. For functions of the host that are given a path: `.` is Node's current directory, `~` the home,
 * and neither `..` nor a symlink leads out. Places are compared by path parts.
 *
 * @example
 * await checkDestination('out/a.csv', ['.']); // '/srv/app/out/a.csv'
 * await checkDestination('/etc/x', ['.', '/tmp']); // Writing '/etc/x' is not allowed; writable: ('.', '/tmp')
 */
export async function checkDestination(path: string, writable: readonly string[]): Promise<string> {
  const base = { cwd: process.cwd(), home: homeDirectory() };
  if (path !== '' && textProblem(path) === null) {
    const real = await realDestination(resolvePath(path, base));
    for (const place of real === null ? [] : writable) {
      const followed = await realDestination(resolvePath(place, base));
      if (real !== null && followed !== null && isWithin(real, followed)) return real;
    }
  }
  throw invalidInput(
    `Writing ${quoted(path)} is not allowed; writable: ${tupleText(writable)}`,
    'Write to one of these places, or add another to them.',
    'path',
  );
}

/** Where a path leads, its last parts not being there yet; `null` when a link on the way leads nowhere. */
async function realDestination(path: string): Promise<string | null> {
  const followed = await followLinks(path);
  if (followed !== null) return followed.realPath;
  if (await isLink(path)) return null;
  const parent = await realDestination(dirname(path));
  return parent === null ? null : join(parent, basename(path));
}

/** A link whose target is missing would be written through. */
async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}

function quoted(path: string): string {
  return `'${path.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

/** As Python shows a tuple, so that host and sandbox say the same. */
function tupleText(paths: readonly string[]): string {
  return `(${paths.map(quoted).join(', ')}${paths.length === 1 ? ',' : ''})`;
}
