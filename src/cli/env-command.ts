import { hostFacts } from '../host/default-host.js';
import { createEnvironment } from '../host/environments/create-environment.js';
import { environmentsDirectory } from '../host/environments/environment-place.js';
import { listEnvironments, removeEnvironment } from '../host/environments/list-environments.js';
import { readPins } from '../host/environments/package-pins.js';
import { EXIT_CODES } from './exit-codes.js';
import type { Interruption } from './interruption.js';
import { jsonLine } from './json-line.js';
import type { PolicyPlaces } from './policy-flags.js';
import type { Screen } from './screen.js';

export interface EnvFlags {
  readonly json?: boolean;
}

export type EnvCreateFlags = EnvFlags & { readonly python?: string };

export interface EnvCreate {
  readonly name: string;
  readonly packages: readonly string[];
  readonly flags: EnvCreateFlags;
  readonly places: PolicyPlaces;
  readonly screen: Screen;
  readonly interruption: Interruption;
}

/** `pungi env create`: a virtual environment with pinned packages. Gives the exit code. */
export async function envCreate(command: EnvCreate): Promise<number> {
  const { name, flags, places, screen, interruption } = command;
  const packages = readPins(command.packages);
  const { python } = await hostFacts(flags.python === undefined ? 'find' : { path: flags.python });
  if (flags.json !== true && packages.length > 0) screen.note('hint', `installing ${packages.join(' ')}`);
  const order = {
    name,
    packages,
    python: { executable: python.executable, version: python.version.join('.') },
    directory: environmentsDirectory(places.home, places.env),
    env: places.env,
    signal: interruption.signal,
  };
  try {
    const environment = await createEnvironment(order);
    if (flags.json === true) screen.answer(jsonLine({ name, ...environment }));
    else
      screen.answer(
        `${environment.made ? 'made' : 'there already'}: ${environment.path}\nuse it by --python env:${name}`,
      );
    return 0;
  } catch (error) {
    if (interruption.reason() === null) throw error;
    return EXIT_CODES.cancelled.code;
  }
}

/** `pungi env list`: name, Python and packages of each. */
export function envList(flags: EnvFlags, places: PolicyPlaces, screen: Screen): void {
  const directory = environmentsDirectory(places.home, places.env);
  const environments = listEnvironments(directory);
  if (flags.json === true) {
    const rows = environments.map(({ record, ...rest }) => ({ ...rest, ...record }));
    screen.answer(jsonLine({ directory, environments: rows }));
    return;
  }
  if (environments.length === 0) screen.note('hint', `There is none in ${directory}.`);
  for (const { name, state, record } of environments) {
    const holds = record === null ? state : [`Python ${record.version}`, ...record.installed].join('  ');
    screen.answer(`${screen.styles.stdout('bold', name)}  ${holds}`);
  }
}

/** `pungi env remove`. */
export async function envRemove(
  name: string,
  flags: EnvFlags,
  places: PolicyPlaces,
  screen: Screen,
): Promise<void> {
  const { path } = await removeEnvironment(environmentsDirectory(places.home, places.env), name);
  screen.answer(flags.json === true ? jsonLine({ name, path }) : `removed: ${path}`);
}
