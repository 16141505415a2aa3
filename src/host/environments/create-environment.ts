import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PungiError } from '../../errors/pungi-error.js';
import { removeTree } from '../../spawn/remove-tree.js';
import { type EndedProcess, runToEnd } from '../../spawn/run-to-end.js';
import { harnessDirectory } from '../harness-directory.js';
import { environmentFailure } from './environment-failure.js';
import { isEnvironmentName } from './environment-place.js';
import { type EnvironmentRecord, readRecord, writeRecord } from './environment-record.js';
import { moveEnvironment } from './move-environment.js';
import { normalName, readPins } from './package-pins.js';
import { listScratchPlaces, newScratchPath } from './scratch-place.js';

export interface EnvironmentOrder {
  readonly name: string;
  /** `name==version` each. */
  readonly packages: readonly string[];
  readonly python: { readonly executable: string; readonly version: string };
  /** Where environments lie. */
  readonly directory: string;
  /** Of the caller: pip finds its proxy and its index there. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export interface MadeEnvironment extends EnvironmentRecord {
  readonly path: string;
  /** `false` when the same one was there already. */
  readonly made: boolean;
}

const TIMEOUT_MS = 15 * 60_000;
const MOST_BYTES = 4 * 1024 * 1024;
/** Only wheels: building from source runs code of the package outside of every sandbox. */
const INSTALL = [
  ...['install', '--only-binary', ':all:', '--retries', '2'],
  ...['--no-input', '--disable-pip-version-check'],
];
/** The pip of Python's own wheels: the environment gets none. */
const PIP =
  'import sys; sys.path.insert(0, sys.argv.pop(1)); from pungi_harness.pip_wheel import main; main()';
const INSTALLED =
  "import importlib.metadata as m, json; print(json.dumps([[d.metadata['Name'], d.version] for d in m.distributions()]))";
/** What would lead pip or Python out of the environment. */
const LEADS_AWAY = /^(PYTHON|VIRTUAL_ENV$|PIP_(USER|TARGET|PREFIX|ROOT|REQUIRE_VIRTUALENV|PYTHON)$)/;

/** Makes a named environment with pinned packages; whatever goes wrong, nothing half made is left. */
export async function createEnvironment(order: EnvironmentOrder): Promise<MadeEnvironment> {
  const { name, directory } = order;
  checkName(name);
  const packages = readPins(order.packages);
  const path = join(directory, name);
  const there = readRecord(path);
  if (there !== null) return sameOrThrow(order, packages, path, there);
  mkdirSync(directory, { recursive: true });
  await sweep(directory, name);
  const scratch = newScratchPath(directory, name);
  try {
    const record = await make(order, packages, scratch);
    if (moveEnvironment(scratch, path)) return { ...record, path, made: true };
    // Somebody else was faster.
    const other = readRecord(path);
    if (other === null) throw noEnvironment(name, path);
    return sameOrThrow(order, packages, path, other);
  } finally {
    await removeTree(scratch);
  }
}

async function make(
  order: EnvironmentOrder,
  packages: readonly string[],
  path: string,
): Promise<EnvironmentRecord> {
  const { executable, version } = order.python;
  const options = ['--without-pip', '--prompt', order.name];
  await step(order, 'venv', executable, ['-I', '-m', 'venv', ...options, path]);
  const python = join(path, 'bin/python');
  if (packages.length > 0) {
    await step(order, 'pip', python, ['-I', '-c', PIP, harnessDirectory(), ...INSTALL, ...packages]);
  }
  const { stdout } = await step(order, 'python', python, ['-I', '-c', INSTALLED]);
  const record = {
    python: executable,
    version,
    packages: [...packages],
    installed: [...readInstalled(stdout)],
  };
  writeRecord(path, record);
  return record;
}

/** What killed processes left of this name. */
async function sweep(directory: string, name: string): Promise<void> {
  const left = listScratchPlaces(directory).filter((place) => place.isLeft && place.name === name);
  for (const { path } of left) await removeTree(path);
}

export function checkName(name: string): void {
  if (isEnvironmentName(name)) return;
  throw new PungiError(
    'INVALID_INPUT',
    `The name '${name}' cannot be that of an environment; allowed: 1 to 64 of letters, digits, '.', '_' and '-', a letter or digit first.`,
    { hint: 'Choose a name such as data-2026.', details: { argument: 'name', value: name } },
  );
}

function sameOrThrow(
  { name, python }: EnvironmentOrder,
  packages: readonly string[],
  path: string,
  there: EnvironmentRecord,
): MadeEnvironment {
  const isSame = there.python === python.executable && there.packages.join() === packages.join();
  if (isSame) return { ...there, path, made: false };
  const has = [`Python ${there.version}`, ...there.packages].join(' ');
  throw new PungiError('INVALID_INPUT', `There is another environment '${name}' already: ${has}.`, {
    hint: `Choose another name, or type \`pungi env remove ${name}\` first.`,
    details: { argument: 'name', value: name, path },
  });
}

function noEnvironment(name: string, path: string): PungiError {
  return new PungiError('INVALID_INPUT', `What is at ${path} is no environment that pungi has made.`, {
    hint: `Choose another name, or type \`pungi env remove ${name}\` first.`,
    details: { argument: 'name', value: name, path },
  });
}

async function step(
  { name, env, signal }: EnvironmentOrder,
  what: string,
  file: string,
  args: readonly string[],
): Promise<EndedProcess> {
  const kept = Object.entries(env).filter(([key]) => !LEADS_AWAY.test(key));
  const variables = Object.fromEntries(
    kept.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  const ended = await runToEnd(file, args, {
    env: variables,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
    signal,
  });
  if (signal.aborted || ended.exitCode !== 0) throw environmentFailure(name, what, ended);
  return ended;
}

const listing = z.array(z.tuple([z.string(), z.string()]));

function readInstalled(stdout: string): readonly string[] {
  return listing
    .parse(JSON.parse(stdout))
    .map(([name, version]) => `${normalName(name)}==${version}`)
    .sort();
}
