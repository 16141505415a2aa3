import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readPlainObject } from '../policy/plain-object.js';
import { showValue } from '../policy/show-value.js';
import { hasLoneSurrogate, textProblem, utf8 } from '../policy/text-rules.js';
import { fileNamesProblem } from './file-names.js';
import { invalidInput } from './invalid-input.js';
import type { FileSource, JobFile } from './job.js';

const MOST_FILES = 10_000;
const DEFAULT_MODE = 0o644;
const ALLOWED = 'text, a Uint8Array or { path }';

/** Checks the files to be placed in the workdir. Host paths are looked at, not opened for reading. */
export function checkFiles(files: unknown, diskBytes: number): readonly JobFile[] {
  const read = readPlainObject(files);
  if (!read.ok)
    throw refuse(`Option \`files\` is ${read.reason}; allowed: a plain object of names.`, read.cause);
  const problem = fileNamesProblem([...read.entries.keys()]);
  if (problem !== null) throw refuse(problem);
  if (read.entries.size > MOST_FILES)
    throw refuse(`There are ${read.entries.size} files; allowed: at most ${MOST_FILES}.`);
  const checked = [...read.entries].map(([name, value]) => checkFile(name, value));
  const total = checked.reduce((sum, file) => sum + sizeOf(file.source), 0);
  if (total > diskBytes) {
    throw invalidInput(
      `The files hold ${total} bytes; allowed: at most ${diskBytes}, the policy's diskLimitMb.`,
      'Give fewer files, or raise diskLimitMb.',
      'files',
    );
  }
  return checked;
}

function checkFile(name: string, value: unknown): JobFile {
  if (typeof value === 'string') {
    if (hasLoneSurrogate(value))
      throw refuse(`File ${showValue(name)} holds a lone surrogate, which UTF-8 cannot carry.`);
    return { name, mode: DEFAULT_MODE, source: { kind: 'bytes', bytes: utf8(value) } };
  }
  if (value instanceof Uint8Array)
    return { name, mode: DEFAULT_MODE, source: { kind: 'bytes', bytes: value } };
  const read = readPlainObject(value);
  if (!read.ok)
    throw refuse(`File ${showValue(name)} is ${showValue(value)}; allowed: ${ALLOWED}.`, read.cause);
  const path = read.entries.get('path');
  if (read.entries.size !== 1 || typeof path !== 'string') {
    const keys = [...read.entries.keys()].map((key) => `\`${key}\``).join(', ');
    throw refuse(
      `File ${showValue(name)} is an object with the keys ${keys || '(none)'}; allowed: ${ALLOWED}.`,
    );
  }
  return checkPath(name, path);
}

function checkPath(name: string, given: string): JobFile {
  const problem = given === '' ? 'is empty' : textProblem(given);
  if (problem !== null) throw refuse(`File ${showValue(name)}: its path ${showValue(given)} ${problem}.`);
  const path = resolve(given);
  const stats = lookAt(name, path);
  if (!stats.isFile()) throw refuse(`File ${showValue(name)}: ${showValue(path)} is not a regular file.`);
  // The copy belongs to the run, which may read and change it; set-id and sticky bits mean nothing in the workdir.
  const mode = (stats.mode & 0o777) | 0o600;
  return { name, mode, source: { kind: 'path', path, sizeBytes: stats.size } };
}

function lookAt(name: string, path: string): Stats {
  try {
    const stats = statSync(path);
    accessSync(path, constants.R_OK);
    return stats;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    throw refuse(`File ${showValue(name)}: ${showValue(path)} cannot be read (${code}).`, cause);
  }
}

function sizeOf(source: FileSource): number {
  return source.kind === 'bytes' ? source.bytes.byteLength : source.sizeBytes;
}

function refuse(message: string, cause?: unknown): Error {
  return invalidInput(message, `Give each file a relative name and ${ALLOWED}.`, 'files', cause);
}
