import type { OutputFile } from '../result/run-result.js';
import { type FileHead, type FileStore, permissionBits } from './file-store.js';

/** Keeps file contents in memory: one buffer a file, of the size declared and checked by the collector. */
export function createMemoryStore(): FileStore {
  const files = new Map<string, OutputFile>();
  let open: { readonly head: FileHead; readonly bytes: Uint8Array; written: number } | null = null;

  return {
    begin(head) {
      open = { head, bytes: new Uint8Array(head.size), written: 0 };
    },
    write(bytes) {
      if (open === null) return;
      open.bytes.set(bytes, open.written);
      open.written += bytes.length;
    },
    commit() {
      if (open === null) return;
      const { name, size, mode } = open.head;
      files.set(
        name,
        Object.freeze({ name, sizeBytes: size, mode: permissionBits(mode), bytes: open.bytes, path: null }),
      );
      open = null;
    },
    discard() {
      open = null;
    },
    backlog: () => null,
    finish: async () => ({ files, leftOut: [] }),
  };
}
