/** Access rights of the kernel's include/uapi/linux/landlock.h. */
export const FS = {
  EXECUTE: 1 << 0,
  WRITE_FILE: 1 << 1,
  READ_FILE: 1 << 2,
  READ_DIR: 1 << 3,
  REMOVE_DIR: 1 << 4,
  REMOVE_FILE: 1 << 5,
  MAKE_CHAR: 1 << 6,
  MAKE_DIR: 1 << 7,
  MAKE_REG: 1 << 8,
  MAKE_SOCK: 1 << 9,
  MAKE_FIFO: 1 << 10,
  MAKE_BLOCK: 1 << 11,
  MAKE_SYM: 1 << 12,
  REFER: 1 << 13,
  TRUNCATE: 1 << 14,
  IOCTL_DEV: 1 << 15,
} as const;

const FS_OF_ABI_1 = 0x1fff;
/** BIND_TCP and CONNECT_TCP. */
const NET_TCP = 0b11;
/** ABSTRACT_UNIX_SOCKET and SIGNAL. */
const SCOPES = 0b11;

/** The newest ABI whose rights are known here; 7 adds only flags for the audit log. */
export const NEWEST_LANDLOCK_ABI = 7;

export function fsRights(abi: number): number {
  return (
    FS_OF_ABI_1 | (abi >= 2 ? FS.REFER : 0) | (abi >= 3 ? FS.TRUNCATE : 0) | (abi >= 5 ? FS.IOCTL_DEV : 0)
  );
}

export function netRights(abi: number): number {
  return abi >= 4 ? NET_TCP : 0;
}

export function scopes(abi: number): number {
  return abi >= 6 ? SCOPES : 0;
}
