import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PungiError } from '../../errors/pungi-error.js';
import { nearest } from '../../policy/nearest.js';
import { removeTree } from '../../spawn/remove-tree.js';
import { checkName } from './create-environment.js';
import { isEnvironmentName } from './environment-place.js';
import { type EnvironmentRecord, isBeingMade, readRecord } from './environment-record.js';

export interface ListedEnvironment {
  readonly name: string;
  readonly path: string;
  /** `half made` when whoever made it was killed. */
  readonly state: 'ready' | 'being made' | 'half made';
  readonly record: EnvironmentRecord | null;
}

/** All managed environments by name; none when there is no such directory. */
export function listEnvironments(directory: string): readonly ListedEnvironment[] {
  return namesIn(directory)
    .filter(isEnvironmentName)
    .sort()
    .map((name) => {
      const path = join(directory, name);
      const record = readRecord(path);
      return { name, path, record, state: stateOf(path, record) };
    });
}

/** Removes one with all that is in it. */
export async function removeEnvironment(directory: string, name: string): Promise<ListedEnvironment> {
  checkName(name);
  const all = listEnvironments(directory);
  const found = all.find((environment) => environment.name === name);
  if (found === undefined) throw unknownEnvironment(name, all);
  if (found.state === 'being made') {
    throw new PungiError('INVALID_INPUT', `The environment '${name}' is being made by another process.`, {
      hint: 'Wait for it to end.',
      details: { argument: 'name', value: name },
    });
  }
  await removeTree(found.path);
  if (existsSync(found.path)) {
    throw new PungiError(
      'ENVIRONMENT_FAILED',
      `The environment '${name}' could not be removed: ${found.path}`,
      {
        hint: 'Remove the directory as the user that owns it.',
        details: { name, path: found.path },
      },
    );
  }
  return found;
}

function stateOf(path: string, record: EnvironmentRecord | null): ListedEnvironment['state'] {
  if (record !== null) return 'ready';
  return isBeingMade(path) ? 'being made' : 'half made';
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

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
