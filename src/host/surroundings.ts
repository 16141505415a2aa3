import os from 'node:os';
import { cacheDirectory } from './cache-directory.js';

/** What the probe reads of the process it runs in; handed in so that tests can set another. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly homeDirectory: string;
  readonly temporaryDirectory: string;
  /** Where an interpreter is looked for that is not on PATH. */
  readonly usualPlaces: readonly string[];
  /** How long an interpreter may take to answer the probe. */
  readonly startTimeoutMs: number;
  /** Where the compiled harness is kept; `null` keeps it nowhere. */
  readonly cacheDirectory: string | null;
}

const USUAL_PLACES = ['/usr/bin/python3', '/usr/local/bin/python3'] as const;

/** The surroundings of this Node process as they are now. */
export function currentSurroundings(): Surroundings {
  const home = homeDirectory();
  return {
    env: process.env,
    workingDirectory: process.cwd(),
    homeDirectory: home,
    temporaryDirectory: os.tmpdir(),
    usualPlaces: USUAL_PLACES,
    startTimeoutMs: 10_000,
    cacheDirectory: cacheDirectory(home, process.env),
  };
}

/** A user id without a row in /etc/passwd and without HOME, as in containers, has none: the root stands for it. */
export function homeDirectory(): string {
  try {
    return os.homedir();
  } catch {
    return '/';
  }
}
