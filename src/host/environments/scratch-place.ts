// Theory of operation. An environment is made in a directory of its own beside its place, whose name says who makes it,
// and takes its place by one rename, which the kernel refuses when something is there. So nobody sees half of one, two
// makers at once never touch each other's, and nothing has to be locked or unlocked by a process that may be killed.
import { randomBytes } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAbandoned, ownerPrefix } from '../../spawn/owner.js';
import { isEnvironmentName } from './environment-place.js';

/** Nobody takes longer; of a maker in another container, or before the last boot, nothing else is known. */
const LONGEST_MS = 3_600_000;

export interface ScratchPlace {
  /** Of the environment that is made, or removed, there. */
  readonly name: string;
  readonly path: string;
  /** Whether nobody is at it any more. */
  readonly isLeft: boolean;
}

/** A path that nobody else uses; nothing is made. */
export function newScratchPath(directory: string, name: string): string {
  return join(directory, `.${name}~${ownerPrefix()}-${randomBytes(4).toString('hex')}`);
}

/** What is being made in a directory, and what killed processes left there. */
export function listScratchPlaces(directory: string): readonly ScratchPlace[] {
  return namesIn(directory).flatMap((entry) => {
    const [, name, maker] = /^\.([^~]+)~(.+)$/.exec(entry) ?? [];
    if (name === undefined || maker === undefined || !isEnvironmentName(name)) return [];
    const path = join(directory, entry);
    return [{ name, path, isLeft: isAbandoned(maker) || ageMs(path) > LONGEST_MS }];
  });
}

/** The names in a directory; none when there is no such directory. */
export function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function ageMs(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 0 : Date.now() - stats.mtimeMs;
}
