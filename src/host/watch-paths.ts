import { statSync } from 'node:fs';

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
