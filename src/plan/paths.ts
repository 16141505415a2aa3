import { posix } from 'node:path';

/** Where relative paths and `~` of a policy start from. */
export interface PathBase {
  readonly home: string;
  readonly cwd: string;
}

/** The absolute, normal form of a path as a user writes it: `~`, `~/data`, `data`, `/srv/data/`. */
export function resolvePath(path: string, base: PathBase): string {
  const expanded = path === '~' || path.startsWith('~/') ? posix.join(base.home, path.slice(1)) : path;
  return posix.resolve(base.cwd, expanded);
}

/** Whether `path` is `ancestor` or lies beneath it. */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(ancestor === '/' ? '/' : `${ancestor}/`);
}
