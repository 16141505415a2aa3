import { isAbsolute, join } from 'node:path';
import { PungiError } from '../errors/pungi-error.js';
import { invalid, type PolicyLayer } from './files/policy-layer.js';
import { isMissing } from './files/read-small-file.js';
import { readPolicyFile } from './from-file.js';

/** What the user's own config file says: nothing when there is none, and only a warning when it is broken. */
export interface UserConfig {
  readonly layer: PolicyLayer | null;
  readonly warning: PungiError | null;
}

const NAMES = ['config.json', 'config.toml'];

/** Reads `$XDG_CONFIG_HOME/pungi/config.json` or `.toml`, without the variable beneath `~/.config`. */
export function readUserConfig(home: string, env: Readonly<Record<string, string | undefined>>): UserConfig {
  const directory = configDirectory(home, env);
  try {
    const [layer = null, other] = NAMES.flatMap((name) => readIfThere(join(directory, name)));
    if (other === undefined) return { layer, warning: null };
    const message = `The directory '${directory}' has a config.json and a config.toml; allowed: one of them.`;
    return { layer: null, warning: invalid(message, 'Remove one of the files.') };
  } catch (error) {
    if (!(error instanceof PungiError)) throw error;
    return { layer: null, warning: error };
  }
}

/** Where the user's config file lies. The base directory specification has relative paths ignored. */
export function configDirectory(home: string, env: Readonly<Record<string, string | undefined>>): string {
  const variable = env['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(variable) ? variable : join(home, '.config'), 'pungi');
}

function readIfThere(path: string): readonly PolicyLayer[] {
  try {
    return [readPolicyFile(path, `Config file '${path}'`)];
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
