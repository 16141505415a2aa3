import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { bundleLibrary } from '../bundle-library.js';

const ROOT = join(import.meta.dirname, '../..');

export interface LibraryCopy {
  readonly directory: string;
  /** A program beside the copy; it imports the library from './dist/index.js'. */
  readonly program: string;
}

/** A copy of the library that an ordinary Node can load, so that this Node may be killed, or see another disk. */
export function copyLibrary(program: string): LibraryCopy {
  const directory = mkdtempSync(join(tmpdir(), 'copy-'));
  const copy = { directory, program: join(directory, 'program.mjs') };
  beforeAll(async () => {
    mkdirSync(join(directory, 'tmp'));
    await bundleLibrary(directory);
    cpSync(join(ROOT, 'python-harness'), join(directory, 'python-harness'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
    copyFileSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
    writeFileSync(copy.program, program);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return copy;
}
