import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the interpreter keeps the harness's compiled form, or `null` when no safe place can be written: then it is
 * compiled anew at each start. Only a directory of the user's own will do, since what lies there is executed.
 */
export function bytecodeDirectory(environment: NodeJS.ProcessEnv = process.env): string | null {
  const cache = environment['XDG_CACHE_HOME'] || join(environment['HOME'] || homedir(), '.cache');
  const directory = join(cache, 'pungi', 'bytecode');
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return directory;
  } catch {
    return null;
  }
}
