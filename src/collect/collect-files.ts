// Theory of operation. The supervisor reads the workdir and sends each file as one head (name, size, mode) and bodies.
// Names and sizes were shaped by the worker, so nothing of a head is believed: the name is checked again before it
// becomes a key or a path, the declared size counts against the caps before a byte is stored, and exactly that many
// bytes must arrive. A file that breaks a rule is left out with its reason; its bytes are read past, never kept. The
// rules are decided here, in one place and at once; a store only puts bytes where they belong.
import { PungiError } from '../errors/pungi-error.js';
import type { LeftOutFile } from '../result/ending.js';
import { formatBytes } from '../result/quantities.js';
import { checkFileName } from './check-file-name.js';
import type { CollectedFiles, FileHead, FileStore } from './file-store.js';

/** A flood of refused names is itself bounded. */
const MAX_LEFT_OUT = 1000;
const MAX_NAME_SHOWN = 255;

/** As the limits of a plan have them. */
export interface FileCaps {
  readonly maxFiles: number;
  readonly maxFileBytes: number;
  /** Of all files together. */
  readonly diskBytes: number;
}

export interface FileCollector {
  /** `null`: go on. A promise: stop reading frames until it resolves. */
  head(head: FileHead): Promise<void> | null;
  body(bytes: Uint8Array): Promise<void> | null;
  /** Call it however the run ended: it closes what is open and gives what arrived whole. */
  finish(): Promise<CollectedFiles>;
}

interface Incoming {
  readonly head: FileHead;
  readonly kept: boolean;
  received: number;
}

/** Gathers the file frames of one run into a store, within the caps. */
export function createFileCollector(caps: FileCaps, store: FileStore): FileCollector {
  const names = new Set<string>();
  const leftOut: LeftOutFile[] = [];
  let accepted = 0;
  let totalBytes = 0;
  let incoming: Incoming | null = null;

  function refuse(name: string, reason: string): void {
    if (leftOut.length < MAX_LEFT_OUT) leftOut.push({ name: name.slice(0, MAX_NAME_SHOWN), reason });
  }

  function reasonToRefuse({ name, size }: FileHead): string | null {
    const badName = checkFileName(name);
    if (badName !== null) return badName;
    if (!Number.isSafeInteger(size) || size < 0) return 'its declared size is not a whole number';
    if (names.has(name)) return 'another file came by the same name';
    if (size > caps.maxFileBytes)
      return `its ${formatBytes(size)} are more than ${formatBytes(caps.maxFileBytes)} (maxFileKb)`;
    if (accepted >= caps.maxFiles) return `there are more than ${caps.maxFiles} files (maxFiles)`;
    if (totalBytes + size > caps.diskBytes)
      return `all files together are more than ${formatBytes(caps.diskBytes)}`;
    return null;
  }

  function closeIncoming(): void {
    if (incoming === null) return;
    const { head, kept, received } = incoming;
    incoming = null;
    if (!kept) return;
    if (received === head.size) {
      store.commit();
      return;
    }
    store.discard();
    refuse(head.name, `${received} bytes arrived of the ${head.size} declared`);
  }

  return {
    head(head) {
      closeIncoming();
      const reason = reasonToRefuse(head);
      incoming = { head, kept: reason === null, received: 0 };
      if (reason !== null) {
        refuse(head.name, reason);
        return null;
      }
      names.add(head.name);
      accepted += 1;
      totalBytes += head.size;
      store.begin(head);
      return store.backlog();
    },
    body(bytes) {
      if (incoming === null) {
        throw new PungiError('SANDBOX_FAILED', 'The supervisor sent the content of a file before its name.');
      }
      incoming.received += bytes.length;
      // Past the declared size nothing is stored; the count shows the lie when the file is closed.
      if (!incoming.kept || incoming.received > incoming.head.size) return null;
      store.write(bytes);
      return store.backlog();
    },
    async finish() {
      closeIncoming();
      const stored = await store.finish();
      return { files: stored.files, leftOut: [...leftOut, ...stored.leftOut] };
    },
  };
}
