import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open } from 'node:fs/promises';

/**
 * A directory held open. Node has no openat: on Linux a path through `/proc/self/fd` names what is beneath the
 * descriptor, wherever the directory was moved and whatever took its old name. Elsewhere the plain path is used,
 * and the checks of each part stand alone.
 */
export interface HostDirectory {
  readonly handle: FileHandle;
  /** Path by which its entries are named in system calls. */
  readonly access: string;
}

export async function openHostDirectory(path: string): Promise<HostDirectory> {
  return hold(await open(path, constants.O_RDONLY | constants.O_DIRECTORY), path);
}

/** Opens a directory beneath another, made when it is not there; refuses a symlink in its place. */
export async function enterDirectory(parent: HostDirectory, name: string): Promise<HostDirectory> {
  const path = `${parent.access}/${name}`;
  await mkdir(path).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  const entry = await lstat(path);
  if (!entry.isDirectory()) throw new NotADirectory(name, entry.isSymbolicLink());
  return hold(await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW), path);
}

export class NotADirectory extends Error {
  constructor(name: string, isSymlink: boolean) {
    super(`'${name}' is there already and is ${isSymlink ? 'a symlink' : 'not a directory'}`);
  }
}

/** The code of a system error, such as `ENOENT`; `null` for anything else. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

function hold(handle: FileHandle, path: string): HostDirectory {
  return { handle, access: process.platform === 'linux' ? `/proc/self/fd/${handle.fd}` : path };
}
