import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

export const REPOSITORY = resolve(import.meta.dirname, '../..');
const SOURCE = join(REPOSITORY, 'src');

export interface SourceFile {
  /** Relative to the repository: `src/plan/build-plan.ts`. */
  readonly path: string;
  /** Folder beneath `src`, or the name of a file that lies in `src` itself. */
  readonly layer: string;
  readonly lines: number;
  readonly imports: readonly string[];
  /** Imported files of `src`, in the form of `path`. */
  readonly importedFiles: readonly string[];
  readonly tree: ts.SourceFile;
}

export function readSourceFiles(): SourceFile[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) =>
      parseSourceFile(`src/${name.split(sep).join('/')}`, readFileSync(join(SOURCE, name), 'utf8')),
    );
}

export function parseSourceFile(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  // Finds static imports, re-exports and import() with a literal, type-only ones included.
  const imports = ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName);
  const importedFiles = imports
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => relative(REPOSITORY, resolve(REPOSITORY, dirname(path), specifier)))
    .map((target) => target.split(sep).join('/').replace(/\.js$/, '.ts'));
  return { path, layer: layerOf(path), lines: countLines(text), imports, importedFiles, tree };
}

export function layerOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.ts$/, '');
}

export function countLines(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}
