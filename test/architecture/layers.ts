import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layerOf, REPOSITORY, type SourceFile } from './source-file.js';

/** The order of the layers, top first, as docs/architecture.md states it. */
export function readLayers(): string[] {
  const text = readFileSync(join(REPOSITORY, 'docs/architecture.md'), 'utf8');
  const list = /^Imports point only downward in this list: (.*)\.$/m.exec(text)?.[1];
  if (list === undefined) throw new Error('docs/architecture.md no longer lists the order of the layers.');
  return [...list.matchAll(/`([a-z-]+)`/g)].map((match) => match[1] ?? '');
}

/** Imports that point up, or to a layer that the list does not name. */
export function findUpwardImports(files: readonly SourceFile[], layers: readonly string[]): string[] {
  return files.flatMap((file) =>
    file.importedFiles
      .filter((target) => !mayImport(file.layer, layerOf(target), layers))
      .map((target) => `${file.path} imports ${target}`),
  );
}

function mayImport(from: string, to: string, layers: readonly string[]): boolean {
  const [above, below] = [layers.indexOf(from), layers.indexOf(to)];
  return above !== -1 && below !== -1 && above <= below;
}

/** Every file of `src` that importing `entry` loads. */
export function reachableFrom(entry: string, files: readonly SourceFile[]): Set<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    waiting.push(...(byPath.get(path)?.importedFiles ?? []));
  }
  return reached;
}
