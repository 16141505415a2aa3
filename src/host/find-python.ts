import { PungiError } from '../errors/pungi-error.js';
import type { PythonRequest } from '../policy/resolved-policy.js';
import { type Asked, askPython } from './ask-python.js';
import { candidatePythons } from './candidate-pythons.js';
import type { Surroundings } from './surroundings.js';

export interface Refusal {
  readonly tried: string;
  readonly reason: string;
}

/** The first candidate that answers as a usable CPython; else `PYTHON_NOT_FOUND` naming all that was tried. */
export async function findPython(
  requested: PythonRequest,
  harnessDirectory: string,
  temporaryDirectory: string,
  surroundings: Surroundings,
): Promise<Exclude<Asked, { refusal: string }>> {
  const refusals: Refusal[] = [];
  for (const candidate of await candidatePythons(requested, surroundings)) {
    if ('refusal' in candidate) {
      refusals.push({ tried: candidate.tried, reason: candidate.refusal });
      continue;
    }
    const asked = await askPython(candidate.file, harnessDirectory, temporaryDirectory, surroundings);
    if (!('refusal' in asked)) return asked;
    refusals.push({ tried: named(candidate.tried, candidate.file), reason: asked.refusal });
  }
  throw notFound(requested, refusals);
}

function named(tried: string, file: string): string {
  return tried === file ? tried : `${tried} (${file})`;
}

function notFound(requested: PythonRequest, refusals: readonly Refusal[]): PungiError {
  const details = { requested: requested === 'find' ? null : requested.path, tried: refusals };
  if (requested === 'find') {
    const lines = byReason(refusals).map((line) => `\n  ${line}`);
    return new PungiError(
      'PYTHON_NOT_FOUND',
      `No usable CPython 3.9 or later was found. Tried:${lines.join('')}`,
      {
        details,
      },
    );
  }
  const tried = refusals.map((refusal) => `${refusal.tried}: ${refusal.reason}`).join('; ');
  return new PungiError('PYTHON_NOT_FOUND', `The pythonExecutable cannot be used. Tried ${tried}.`, {
    details,
    hint: 'Set pythonExecutable to a CPython 3.9 or later, or to the directory of a virtual environment.',
  });
}

function byReason(refusals: readonly Refusal[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { tried, reason } of refusals) names.set(reason, [...(names.get(reason) ?? []), tried]);
  return [...names].map(([reason, tried]) => `${tried.join(', ')}: ${reason}`);
}
