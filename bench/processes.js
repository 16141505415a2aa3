import { readFileSync } from 'node:fs';

/** Everything beneath a process, itself left out. */
export function descendantsOf(pid) {
  const found = childrenOf(pid);
  for (const each of found) found.push(...childrenOf(each));
  return found;
}

/** The workers of the one pool that this process has. */
export function findWorkers() {
  const [supervisor] = childrenOf(process.pid).filter((pid) =>
    readText(`/proc/${pid}/cmdline`).includes('pungi_harness'),
  );
  const [zygote] = supervisor === undefined ? [] : childrenOf(supervisor);
  return zygote === undefined ? [] : childrenOf(zygote);
}

/** A zombie holds nothing but its number. */
export function isAlive(pid) {
  const stat = readText(`/proc/${pid}/stat`);
  return stat !== '' && stat[stat.lastIndexOf(')') + 2] !== 'Z';
}

/** Its share of the memory that it has in common with others, and all of its own; in MB. */
export function proportionalMb(pid) {
  const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(readText(`/proc/${pid}/smaps_rollup`)) ?? [];
  if (kilobytes === undefined) throw new Error(`the memory of process ${pid} cannot be read`);
  return Number(kilobytes) / 1024;
}

function childrenOf(pid) {
  return readText(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
