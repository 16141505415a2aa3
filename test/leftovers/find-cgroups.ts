import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';
const DEEPEST = 6;

/** Control groups whose name starts with `pungi`, but for those of a Node that lives: another suite's, or in use. */
export function findCgroups(): string[] {
  return beneath(ROOT, 0).filter((path) => !isAlive(/\/pungi-(\d+)-[^/]*$/.exec(path)?.[1]));
}

function isAlive(pid: string | undefined): boolean {
  return pid !== undefined && Number(pid) !== process.pid && existsSync(`/proc/${pid}`);
}

function beneath(directory: string, depth: number): string[] {
  const children = subdirectories(directory).map((entry) => join(directory, entry.name));
  const named = children.filter((path) => path.slice(path.lastIndexOf('/') + 1).startsWith('pungi'));
  return depth === DEEPEST ? named : [...named, ...children.flatMap((path) => beneath(path, depth + 1))];
}

/** A group may vanish between its listing and its reading: it is then not left behind. */
function subdirectories(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  } catch {
    return [];
  }
}
