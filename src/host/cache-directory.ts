import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where the compiled harness is kept between programs, or `null` when no safe place can be written: then it is
 * compiled anew in each. What lies there is executed, so only a directory that no other user can write will do.
 */
export function cacheDirectory(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const directory = join(environment['XDG_CACHE_HOME'] || join(home, '.cache'), 'pungi');
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const facts = lstatSync(directory);
    const own = facts.isDirectory() && facts.uid === process.getuid?.() && (facts.mode & 0o022) === 0;
    return own ? directory : null;
  } catch {
    return null;
  }
}
