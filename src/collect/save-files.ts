// Theory of operation. With `outputDirectory` the content of files goes to the disk of the host as it arrives. The
// names come from a hostile worker and were checked by the collector; here the file system itself is not trusted
// either, since a run with writablePaths may shape what lies beneath the directory. So no symlink is ever followed:
// the base is held open, every part beneath it is entered by its own step, content is written to a new file
// (O_EXCL, O_NOFOLLOW) under a name of ours, and a rename puts it in place when it is whole. Operations run one after
// another; what waits is bounded by back-pressure. One file that cannot be saved is left out, the others go on.
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PungiError } from '../errors/pungi-error.js';
import type { LeftOutFile } from '../result/ending.js';
import type { OutputFile } from '../result/run-result.js';
import { type FileHead, type FileStore, permissionBits } from './file-store.js';
import { errorCode, type HostDirectory, openHostDirectory } from './host-directory.js';
import { createHostFile, type HostFile } from './host-file.js';

/** Bytes that may wait to be written before the reader is asked to stop. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** Opens `outputDirectory`, before the run starts; throws `INVALID_INPUT` when nothing can be saved there. */
export async function openDirectoryStore(outputDirectory: string): Promise<FileStore> {
  const directory = resolve(outputDirectory);
  try {
    const base = await openHostDirectory(directory);
    try {
      await access(directory, constants.W_OK | constants.X_OK);
    } catch (error) {
      await base.handle.close();
      throw error;
    }
    return createDirectoryStore(directory, base);
  } catch (error) {
    throw unusable(directory, error);
  }
}

function createDirectoryStore(directory: string, base: HostDirectory): FileStore {
  const files = new Map<string, OutputFile>();
  const leftOut: LeftOutFile[] = [];
  let current: { readonly head: FileHead; readonly file: HostFile } | null = null;
  let queue: Promise<void> = Promise.resolve();
  let waitingBytes = 0;

  function leaveOut({ name }: FileHead, error: unknown): void {
    leftOut.push({ name, reason: `it could not be saved: ${describe(error)}` });
  }

  /** Every step catches its own error, so that the queue never rejects. */
  function then(step: () => Promise<void>): void {
    queue = queue.then(step);
  }

  async function writeCurrent(bytes: Uint8Array): Promise<void> {
    if (current === null) return;
    const { head, file } = current;
    try {
      await file.write(bytes);
    } catch (error) {
      current = null;
      leaveOut(head, error);
      await file.discard().catch(() => undefined);
    }
  }

  async function commitCurrent(): Promise<void> {
    if (current === null) return;
    const { head, file } = current;
    current = null;
    try {
      await file.commit();
      const { name, size, mode } = head;
      const path = join(directory, name);
      files.set(
        name,
        Object.freeze({ name, sizeBytes: size, mode: permissionBits(mode), bytes: null, path }),
      );
    } catch (error) {
      leaveOut(head, error);
    }
  }

  return {
    begin(head) {
      then(async () => {
        try {
          current = { head, file: await createHostFile(base, head) };
        } catch (error) {
          leaveOut(head, error);
        }
      });
    },
    write(bytes) {
      waitingBytes += bytes.length;
      then(async () => {
        await writeCurrent(bytes);
        waitingBytes -= bytes.length;
      });
    },
    commit: () => then(commitCurrent),
    discard() {
      then(async () => {
        const file = current?.file;
        current = null;
        // The collector has its reason for leaving the file out; a stray temporary file adds nothing to it.
        await file?.discard().catch(() => undefined);
      });
    },
    backlog: () => (waitingBytes > MAX_WAITING_BYTES ? queue : null),
    async finish() {
      await queue;
      await base.handle.close();
      return { files, leftOut };
    },
  };
}

function unusable(directory: string, cause: unknown): PungiError {
  const code = errorCode(cause);
  const [failure, hint] =
    code === 'ENOENT'
      ? ['does not exist', `Make it first: mkdir -p '${directory}'.`]
      : code === 'ENOTDIR'
        ? ['is not a directory', 'Name a directory that the run may fill.']
        : [`cannot be written: ${describe(cause)}`, 'Name a directory that this process may write.'];
  return new PungiError('INVALID_INPUT', `outputDirectory '${directory}' ${failure}.`, {
    details: { option: 'outputDirectory', value: directory },
    hint,
    cause,
  });
}

/** The words of the error without the path behind them, which may name `/proc/self/fd`. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return errorCode(error) === null ? error.message : (error.message.split(',')[0] ?? error.message);
}
