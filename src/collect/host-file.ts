import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { type FileHead, permissionBits } from './file-store.js';
import { enterDirectory, type HostDirectory } from './host-directory.js';

/** A file being written beneath the output directory: under a name of ours until it is whole. */
export interface HostFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Puts the whole file in its place; what stood there, a symlink too, is replaced and never followed. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

export async function createHostFile(base: HostDirectory, head: FileHead): Promise<HostFile> {
  const parts = head.name.split('/');
  const fileName = parts.pop() ?? head.name;
  const parent = await enterAll(base, parts);
  const release = async (): Promise<void> => {
    if (parent !== base) await parent.handle.close();
  };
  try {
    const temporary = `${parent.access}/.pungi-${randomBytes(8).toString('hex')}.part`;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    const handle = await open(temporary, flags, permissionBits(head.mode));
    return hostFile(handle, temporary, `${parent.access}/${fileName}`, release);
  } catch (error) {
    await release();
    throw error;
  }
}

function hostFile(
  handle: FileHandle,
  temporary: string,
  final: string,
  release: () => Promise<void>,
): HostFile {
  async function discard(): Promise<void> {
    try {
      await handle.close();
      await unlink(temporary);
    } finally {
      await release();
    }
  }
  return {
    async write(bytes) {
      for (let written = 0; written < bytes.length; ) {
        written += (await handle.write(bytes, written)).bytesWritten;
      }
    },
    async commit() {
      try {
        await rename(temporary, final);
      } catch (error) {
        await discard();
        throw error;
      }
      await handle.close().finally(release);
    },
    discard,
  };
}

/** Walks down one part at a time; holds only the directory it stands in. */
async function enterAll(base: HostDirectory, parts: readonly string[]): Promise<HostDirectory> {
  let current = base;
  for (const part of parts) {
    const above = current;
    try {
      current = await enterDirectory(above, part);
    } finally {
      if (above !== base) await above.handle.close();
    }
  }
  return current;
}
