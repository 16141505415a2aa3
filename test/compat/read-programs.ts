import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAMS = join(import.meta.dirname, 'programs');

export interface OrdinaryProgram {
  /** `folder/name`. */
  readonly name: string;
  readonly file: string;
  readonly code: string;
  /** 0, unless its first line says `# exits with N`. */
  readonly exitCode: number;
}

export function programFolders(): readonly string[] {
  return readdirSync(PROGRAMS).sort();
}

export function readPrograms(folders: readonly string[]): readonly OrdinaryProgram[] {
  return folders.flatMap((folder) =>
    readdirSync(join(PROGRAMS, folder))
      .sort()
      .map((name) => readProgram(folder, name)),
  );
}

function readProgram(folder: string, name: string): OrdinaryProgram {
  const file = join(PROGRAMS, folder, name);
  const code = readFileSync(file, 'utf8');
  const [, exitCode = '0'] = /^# exits with (\d+)\n/.exec(code) ?? [];
  return { name: `${folder}/${name.replace(/\.py$/, '')}`, file, code, exitCode: Number(exitCode) };
}
