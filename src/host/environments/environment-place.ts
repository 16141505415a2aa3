import { isAbsolute, join } from 'node:path';

const PREFIX = 'env:';
/** A plain directory name, which no shell and no pip takes for an option. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Where managed environments lie. The base directory specification has relative paths ignored. */
export function environmentsDirectory(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const variable = env['XDG_DATA_HOME'] ?? '';
  return join(isAbsolute(variable) ? variable : join(home, '.local/share'), 'pungi/envs');
}

/** The name in a request such as `env:data`; `null` for any other request. */
export function environmentName(request: string): string | null {
  return request.startsWith(PREFIX) ? request.slice(PREFIX.length) : null;
}

export function isEnvironmentName(name: string): boolean {
  return NAME.test(name);
}
