import { type PathWatch, watchPaths } from '../../host/watch-paths.js';
import type { Plan } from '../../plan/plan.js';
import { WORKDIR_PLACEHOLDER } from '../../plan/workdir.js';

/** Paths of the system are replaced by its package manager, and looking at all of them takes a tenth of a run. */
const SYSTEM_MS = 1000;

/**
 * Sees that a path which a plan opens has come to lead elsewhere: processes that were jailed before still have the old
 * one. The caller's own paths are looked at each time, those of the system once a second.
 */
export function watchReach({ language, worker }: Plan): PathWatch {
  const own = watchPaths(
    [...language.readable, ...language.writable].filter((path) => path !== '.'),
    'place',
  );
  const rules = worker.landlock?.rules ?? [];
  const all = watchPaths(
    rules.map(({ path }) => path).filter((path) => path !== WORKDIR_PLACEHOLDER),
    'place',
  );
  let lookedAt = performance.now();
  return {
    isUnchanged() {
      if (!own.isUnchanged()) return false;
      if (performance.now() - lookedAt < SYSTEM_MS) return true;
      lookedAt = performance.now();
      return all.isUnchanged();
    },
  };
}
