import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { PungiError } from '../../errors/pungi-error.js';
import { nearest } from '../../policy/nearest.js';
import { removeTree } from '../../spawn/remove-tree.js';
import { checkName } from './create-environment.js';
import { isEnvironmentName } from './environment-place.js';
import { type EnvironmentRecord, readRecord } from './environment-record.js';
import { listScratchPlaces, namesIn, newScratchPath } from './scratch-place.js';

export interface ListedEnvironment {
  readonly name: string;
  readonly path: string;
  /** `half made` when whoever made it was killed. */
  readonly state: 'ready' | 'being made' | 'half made';
  readonly record: EnvironmentRecord | null;
}

/** All managed environments by name; none when there is no such directory. */
export function listEnvironments(directory: string): readonly ListedEnvironment[] {
  const placed = namesIn(directory)
    .filter(isEnvironmentName)
    .map((name): ListedEnvironment => {
      const path = join(directory, name);
      const record = readRecord(path);
      return { name, path, record, state: record === null ? 'half made' : 'ready' };
    });
  const names = new Set(placed.map(({ name }) => name));
  const others = listScratchPlaces(directory)
    .filter(({ name }) => !names.has(name))
    .map(({ name, path, isLeft }): ListedEnvironment => {
      return { name, path, record: null, state: isLeft ? 'half made' : 'being made' };
    });
  return [...placed, ...others].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Removes one with all that is in it. */
export async function removeEnvironment(directory: string, name: string): Promise<ListedEnvironment> {
  checkName(name);
  const all = listEnvironments(directory);
  const same = all.filter((environment) => environment.name === name);
  const found = same.find(({ state }) => state !== 'being made');
  if (found === undefined) throw same.length === 0 ? unknownEnvironment(name, all) : busy(name);
  // At once: what is removed while it is used is gone, and not a part of it.
  const scratch = newScratchPath(directory, name);
  try {
    renameSync(found.path, scratch);
  } catch (cause) {
    throw notRemoved(found, cause);
  }
  await removeTree(scratch);
  if (existsSync(scratch)) throw notRemoved({ name, path: scratch });
  return found;
}

function busy(name: string): PungiError {
  return new PungiError('INVALID_INPUT', `The environment '${name}' is being made by another process.`, {
    hint: 'Wait for it to end.',
    details: { argument: 'name', value: name },
  });
}

function notRemoved({ name, path }: Pick<ListedEnvironment, 'name' | 'path'>, cause?: unknown): PungiError {
  return new PungiError('ENVIRONMENT_FAILED', `The environment '${name}' could not be removed: ${path}`, {
    hint: 'Remove the directory as the user that owns it.',
    details: { name, path },
    cause,
  });
}

function unknownEnvironment(name: string, all: readonly ListedEnvironment[]): PungiError {
  const meant = nearest(
    name,
    all.map((environment) => environment.name),
  );
  return new PungiError(
    'INVALID_INPUT',
    `There is no environment '${name}'.${meant === null ? '' : ` Did you mean '${meant}'?`}`,
    { hint: '`pungi env list` has all of them.', details: { argument: 'name', value: name } },
  );
}
