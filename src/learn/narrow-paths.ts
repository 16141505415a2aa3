// Theory of operation. The paths that are told of come from the program. None is opened here: those beneath a place that
// the caller granted are followed to their real path, and kept only when that lies beneath a granted place as well. A
// program that may write there can leave a symlink to anything; were it written into a policy as it is, the next run
// would be given what the link leads to. What is printed is the real path, without links in it.
import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isWithin, outermost } from '../host/path-parts.js';
import { homeDirectory } from '../host/surroundings.js';
import { resolvePath } from '../plan/paths.js';
import type { Seen } from '../result/ending.js';

export interface Reach {
  readonly readablePaths: readonly string[];
  readonly writablePaths: readonly string[];
}

/** A place that was granted: as it was named, made absolute, and where it really is. */
interface Place {
  readonly named: string;
  readonly real: string;
}

export interface GrantedPlaces {
  readonly readable: readonly Place[];
  readonly writable: readonly Place[];
}

/** More files than this of one directory are told as the directory. */
export const MOST_FILES_OF_DIRECTORY = 8;

/** To be called before the run, which may change what lies in these places. */
export async function findPlaces(granted: Reach): Promise<GrantedPlaces> {
  const base = { cwd: process.cwd(), home: homeDirectory() };
  const find = async (path: string): Promise<readonly Place[]> => {
    const named = resolvePath(path, base);
    const real = await realOrNull(named);
    return real === null ? [] : [{ named, real }];
  };
  const all = async (paths: readonly string[]): Promise<readonly Place[]> =>
    (await Promise.all(paths.map(find))).flat();
  return { readable: await all(granted.readablePaths), writable: await all(granted.writablePaths) };
}

/** The granted places by every name that they have. */
export function namesOf({ readable, writable }: GrantedPlaces): readonly string[] {
  return [...readable, ...writable].flatMap(({ named, real }) => [named, real]);
}

/** All that was granted, by its real path. */
export function wholeReach({ readable, writable }: GrantedPlaces): Reach {
  const writablePaths = outermost(writable.map(({ real }) => real));
  return {
    writablePaths,
    readablePaths: beside(
      writablePaths,
      readable.map(({ real }) => real),
    ),
  };
}

/** What of the granted places was used, as narrow as a policy can say it. */
export async function narrowPaths(seen: Seen, places: GrantedPlaces): Promise<Reach> {
  // Names of a directory change when a file is made, renamed or removed.
  const written = await keep(seen.writes, places.writable, directoryOf);
  const writablePaths = outermost(written);
  const granted = [...places.readable, ...places.writable];
  const read = await keep(seen.reads, granted, realOrNull);
  return { writablePaths, readablePaths: beside(writablePaths, gather(read, granted)) };
}

async function keep(
  paths: readonly string[],
  places: readonly Place[],
  find: (path: string, place: Place) => Promise<string | null>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const place = places.find(({ named, real }) => isWithin(path, named) || isWithin(path, real));
    const real = place === undefined ? null : await find(path, place);
    if (real !== null && places.some((each) => isWithin(real, each.real))) found.push(real);
  }
  return found;
}

async function directoryOf(path: string, { named, real }: Place): Promise<string | null> {
  if (path === named || path === real) return real;
  return (await realOrNull(dirname(path))) ?? directoryOf(dirname(path), { named, real });
}

/** Many files of one directory as that directory, where all of it was granted. */
function gather(paths: readonly string[], places: readonly Place[]): readonly string[] {
  const unique = [...new Set(paths)];
  const counts = new Map<string, number>();
  for (const path of unique) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  const isMany = (path: string): boolean =>
    (counts.get(dirname(path)) ?? 0) > MOST_FILES_OF_DIRECTORY &&
    places.some(({ real }) => isWithin(dirname(path), real));
  return outermost(unique.map((path) => (isMany(path) ? dirname(path) : path)));
}

function beside(covering: readonly string[], paths: readonly string[]): readonly string[] {
  return outermost(paths).filter((path) => !covering.some((other) => isWithin(path, other)));
}

async function realOrNull(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch {
    // What is not there was not read; a policy cannot name it either.
    return null;
  }
}
