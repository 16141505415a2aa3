import { realpathSync } from 'node:fs';
import { isWithin } from '../host/path-parts.js';
import { resolvePath } from '../plan/paths.js';
import type { RunnerPolicy } from '../policy/schema.js';
import { UsageError } from './usage-error.js';

/** What one run may write, a later run must not read its policy from: neither the files named, nor their places. */
export function refuseOwnPolicy(
  { writablePaths = [] }: RunnerPolicy,
  read: readonly string[],
  home: string,
): void {
  const base = { home, cwd: process.cwd() };
  for (const path of writablePaths) {
    const place = whereReally(resolvePath(path, base));
    const held = read.find((file) => isWithin(whereReally(resolvePath(file, base)), place));
    if (held === undefined) continue;
    throw new UsageError(
      `writablePaths: '${path}' holds '${held}', from which later runs read their policy.`,
      'Name a directory that holds only data, or move the file out of it.',
    );
  }
}

function whereReally(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // What is not there is refused by the policy itself, or does not matter.
    return path;
  }
}
