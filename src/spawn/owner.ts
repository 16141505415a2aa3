// Theory of operation. What a run keeps outside its processes, a directory or a control group, bears the name of the
// Node that made it: `pungi-PID-START-SPACE-...`. START is when that process began, by the kernel's clock, so that
// another one with the same number is not taken for it; SPACE stands for boot and pid namespace, so that a number of
// another container or machine that shares the place is not looked up here. Only of an owner of this space can be
// said that it is dead; of any other nothing is known, and what it made is left alone.
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { type ProcessStat, readProcessStat } from './process-stat.js';

const NAME = /^pungi-(\d+)-(\d+)-([0-9a-f]{8})-\w+$/;
/** Where the kernel does not tell it: then the number alone has to do. */
const UNKNOWN_START = '0';
/** Where it is not known: nothing of it is ever taken for abandoned. */
const UNKNOWN_SPACE = '00000000';

/** The first part of the names of what this process makes. */
export function ownerPrefix(): string {
  return `pungi-${process.pid}-${statOf('self')?.startTicks ?? UNKNOWN_START}-${space()}`;
}

/** Whether who made a thing of this name is surely dead. */
export function isAbandoned(name: string): boolean {
  const [, pid, start, madeIn] = NAME.exec(name) ?? [];
  if (pid === undefined || start === undefined || madeIn !== space() || madeIn === UNKNOWN_SPACE)
    return false;
  return Number(pid) !== process.pid && !isAlive(Number(pid), start);
}

function isAlive(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  const seen = statOf(pid);
  if (seen === null) return true;
  const isZombie = seen.state === 'Z' || seen.state === 'X';
  return !isZombie && (start === UNKNOWN_START || seen.startTicks === start);
}

function statOf(pid: number | 'self'): ProcessStat | null {
  return readProcessStat(readOrNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? '');
}

function space(): string {
  const boot = readOrNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const numbers = readOrNull(() => readlinkSync('/proc/self/ns/pid'));
  // Two containers of one boot could not be told apart.
  if (numbers === null) return UNKNOWN_SPACE;
  const text = `${boot ?? hostname()} ${numbers}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function readOrNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
