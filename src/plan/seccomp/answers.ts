import type { Answer } from './rule.js';

const RET_ALLOW = 0x7fff0000;
const RET_USER_NOTIF = 0x7fc00000;
const RET_ERRNO = 0x00050000;

/** SECCOMP_RET_KILL_PROCESS. */
export const KILL_PROCESS = 0x80000000;

/** What the program returns to the kernel for each answer; errno values are the same on x64 and arm64. */
export const RETURN_VALUES: Readonly<Record<Answer, number>> = {
  allow: RET_ALLOW,
  ask: RET_USER_NOTIF,
  EPERM: RET_ERRNO | 1,
  EAGAIN: RET_ERRNO | 11,
  ENOSYS: RET_ERRNO | 38,
};
