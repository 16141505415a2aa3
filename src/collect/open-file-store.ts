import type { FileStore } from './file-store.js';
import { createMemoryStore } from './memory-store.js';
import { openDirectoryStore } from './save-files.js';

/** Memory, or the directory the caller named. */
export function openFileStore(outputDirectory: string | null): Promise<FileStore> {
  return outputDirectory === null
    ? Promise.resolve(createMemoryStore())
    : openDirectoryStore(outputDirectory);
}
