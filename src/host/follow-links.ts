import { lstat, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { HostLink } from './host-facts.js';

/** Where a path really leads, and every symlink met on the way there. */
export interface Followed {
  readonly realPath: string;
  readonly links: readonly HostLink[];
}

const MAX_LINKS = 40;

/**
 * Walks an absolute path part by part; `null` when it leads nowhere. The private root holds real paths only, so
 * what the loader or Python reaches through a link needs the link itself repeated there.
 */
export async function followLinks(start: string): Promise<Followed | null> {
  const links: HostLink[] = [];
  let pending = start.split('/');
  let reached = '/';
  while (pending.length > 0) {
    const [part = '', ...rest] = pending;
    pending = rest;
    if (part === '' || part === '.') continue;
    const next = path.join(reached, part);
    const target = await linkTarget(next);
    if (target === undefined) return null;
    if (target === null) {
      reached = next;
      continue;
    }
    links.push({ path: next, target });
    if (links.length > MAX_LINKS) return null;
    if (target.startsWith('/')) reached = '/';
    pending = [...target.split('/'), ...pending];
  }
  return { realPath: reached, links };
}

/** The target of a symlink, `null` for anything else that exists, `undefined` for what cannot be looked at. */
async function linkTarget(file: string): Promise<string | null | undefined> {
  try {
    return (await lstat(file)).isSymbolicLink() ? await readlink(file) : null;
  } catch {
    return undefined;
  }
}
