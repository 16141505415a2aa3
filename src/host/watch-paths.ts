import { lstatSync, type Stats, statSync } from 'node:fs';

/** Sees that a path has come to lead elsewhere. */
export interface PathWatch {
  /** Compared with how it was when the watch began; costs some microseconds a path. */
  isUnchanged(): boolean;
}

/**
 * `place`: whether the same file or directory is there, whatever was done in it. An inode that somebody still holds is
 * not given out again. `content`: whether it was changed besides.
 */
export function watchPaths(paths: readonly string[], what: 'place' | 'content'): PathWatch {
  const seen = [...new Set(paths)].map((path) => [path, stampOf(path, what)] as const);
  return { isUnchanged: () => seen.every(([path, stamp]) => stampOf(path, what) === stamp) };
}

/** Times of files come from a clock of the kernel that is some milliseconds behind. */
const CLOCK_LAG_MS = 20;

/**
 * Whether a path, or what it leads to, was made, changed or put in its place since then, by the one time of a file that
 * nobody can set. Of a clock ahead of ours nothing is concluded.
 */
export function changedSince(paths: readonly string[], sinceMs: number): boolean {
  // Times of files have fractions of a millisecond, ours has none.
  const now = Date.now() + 1;
  return paths
    .flatMap((path) => [find(lstatSync, path), find(statSync, path)])
    .some((found) => found !== null && found.ctimeMs >= sinceMs - CLOCK_LAG_MS && found.ctimeMs < now);
}

function find(
  look: (path: string, options: { throwIfNoEntry: false }) => Stats | undefined,
  path: string,
): Stats | null {
  try {
    return look(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    // It cannot be looked at, now as before.
    return null;
  }
}

function stampOf(path: string, what: 'place' | 'content'): string {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return 'absent';
    const place = `${found.dev}:${found.ino}`;
    return what === 'place' ? place : `${place}:${found.size}:${found.mtimeMs}`;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}
