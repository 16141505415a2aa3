import { PungiError } from '../errors/pungi-error.js';
import { checkFiles } from '../job/check-files.js';
import { fileNamesProblem } from '../job/file-names.js';
import type { FileInput } from '../job/run-options.js';
import type { Touch, Touched } from './touch-files.js';

/** The working directory of a living session, between its steps. Names are relative, with `/`. */
export interface SessionFiles {
  /** All regular files, in the order of their names. Throws when there are more than 10,000. */
  list(): Promise<readonly SessionFile[]>;
  /** The content of a regular file; `undefined` when there is none by that name. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Makes a file, or replaces it; directories above it are made. */
  write(name: string, content: FileInput): Promise<void>;
  /** Removes a file; `false` when there was none by that name. Directories stay. */
  remove(name: string): Promise<boolean>;
}

export interface SessionFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly mode: number;
}

export function createSessionFiles(
  touch: (orders: Touch) => Promise<Touched>,
  diskBytes: number,
): SessionFiles {
  return {
    async list() {
      const { listing } = await touch({ action: 'list' });
      if (listing === null || !listing.isComplete) throw tooMany();
      return listing.files.map(({ name, size, mode }) => Object.freeze({ name, sizeBytes: size, mode }));
    },
    async read(name) {
      const { files } = await touch({ action: 'read', name: checkName(name) });
      return files.get(name)?.bytes ?? undefined;
    },
    async write(name, content) {
      await touch({ action: 'write', files: checkFiles({ [checkName(name)]: content }, diskBytes) });
    },
    async remove(name) {
      const { listing } = await touch({ action: 'remove', name: checkName(name) });
      return listing?.isComplete === true;
    },
  };
}

function checkName(name: unknown): string {
  const problem = typeof name === 'string' ? fileNamesProblem([name]) : 'The name of a file is no text.';
  if (problem === null && typeof name === 'string') return name;
  throw new PungiError('INVALID_INPUT', problem ?? 'The name of a file is no text.', {
    hint: 'Give a relative name such as `data/a.csv`.',
    details: { argument: 'name' },
  });
}

function tooMany(): PungiError {
  return new PungiError('INVALID_INPUT', 'The session has more files than can be listed (10,000).', {
    hint: 'List them by a step: sorted(os.listdir()).',
    details: { argument: 'files' },
  });
}
