import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PythonRequest } from '../policy/resolved-policy.js';
import {
  environmentName,
  environmentsDirectory,
  isEnvironmentName,
} from './environments/environment-place.js';
import { readRecord } from './environments/environment-record.js';
import type { Surroundings } from './surroundings.js';

/** A name that was tried: a file to start, or why there is none. */
export type Candidate =
  | { readonly tried: string; readonly file: string }
  | { readonly tried: string; readonly refusal: string };

const NAMES = [
  'python3',
  'python3.14',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'python3.9',
  'python',
] as const;

/**
 * The interpreters to try, in order. A request is tried alone; it may be a file, a virtual environment's
 * directory, or a name on PATH. Whether a file is a usable CPython is for the probe to say.
 */
export async function candidatePythons(
  requested: PythonRequest,
  surroundings: Surroundings,
): Promise<readonly Candidate[]> {
  if (requested !== 'find') return [await requestedPython(requested.path, surroundings)];
  const found: Candidate[] = [];
  for (const name of NAMES) {
    const file = await onPath(name, surroundings);
    found.push(file === null ? { tried: name, refusal: 'not found on PATH' } : { tried: name, file });
  }
  for (const file of surroundings.usualPlaces) found.push(await fileCandidate(file, file));
  return withoutRepeats(found);
}

async function requestedPython(request: string, surroundings: Surroundings): Promise<Candidate> {
  const name = environmentName(request);
  if (name !== null) return await managedCandidate(request, name, surroundings);
  if (!request.includes('/')) {
    const file = await onPath(request, surroundings);
    if (file !== null) return { tried: request, file };
  }
  const candidate = await fileCandidate(request, absolutePath(request, surroundings));
  if (request.includes('/') || 'file' in candidate || candidate.refusal !== 'not found') return candidate;
  return { tried: request, refusal: 'not found on PATH or in the working directory' };
}

async function managedCandidate(tried: string, name: string, surroundings: Surroundings): Promise<Candidate> {
  const place = path.join(environmentsDirectory(surroundings.homeDirectory, surroundings.env), name);
  if (isEnvironmentName(name) && readRecord(place) !== null) return await directoryCandidate(tried, place);
  return { tried, refusal: 'there is no such environment, `pungi env list` has all of them' };
}

function absolutePath(request: string, surroundings: Surroundings): string {
  if (request === '~' || request.startsWith('~/')) {
    return path.join(surroundings.homeDirectory, request.slice(1));
  }
  return path.resolve(surroundings.workingDirectory, request);
}

async function fileCandidate(tried: string, file: string): Promise<Candidate> {
  let kind: Awaited<ReturnType<typeof stat>>;
  try {
    kind = await stat(file);
  } catch (error) {
    return { tried, refusal: statRefusal(error) };
  }
  if (kind.isDirectory()) return directoryCandidate(tried, file);
  if (!kind.isFile()) return { tried, refusal: 'not a file' };
  return (await isExecutable(file)) ? { tried, file } : { tried, refusal: 'not executable' };
}

async function directoryCandidate(tried: string, directory: string): Promise<Candidate> {
  for (const name of ['bin/python', 'bin/python3']) {
    const file = path.join(directory, name);
    if (await isExecutable(file)) return { tried, file };
  }
  return { tried, refusal: 'a directory without an executable bin/python' };
}

async function onPath(name: string, surroundings: Surroundings): Promise<string | null> {
  for (const directory of (surroundings.env['PATH'] ?? '').split(':')) {
    if (!path.isAbsolute(directory)) continue;
    const file = path.join(directory, name);
    if (await isExecutable(file)) return file;
  }
  return null;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function statRefusal(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'not found';
  return code === 'EACCES' ? 'cannot be reached: EACCES' : `cannot be looked at: ${String(code ?? error)}`;
}

function withoutRepeats(candidates: readonly Candidate[]): readonly Candidate[] {
  const files = new Set<string>();
  return candidates.filter((candidate) => {
    if (!('file' in candidate)) return true;
    if (files.has(candidate.file)) return false;
    files.add(candidate.file);
    return true;
  });
}
