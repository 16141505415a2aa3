import { followLinks } from './follow-links.js';
import type { HostLink } from './host-facts.js';
import { outermost } from './path-parts.js';

/** Existing real paths, none beneath another, and the links that led to them. */
export interface RealPaths {
  readonly paths: readonly string[];
  readonly links: readonly HostLink[];
}

/** Follows each path; drops what does not exist, what is refused, and what lies beneath another one. */
export async function realPaths(
  candidates: readonly string[],
  accept: (realPath: string) => boolean = () => true,
): Promise<RealPaths> {
  const paths: string[] = [];
  const links: HostLink[] = [];
  for (const candidate of candidates) {
    const followed = await followLinks(candidate);
    if (followed === null || !accept(followed.realPath)) continue;
    paths.push(followed.realPath);
    links.push(...followed.links);
  }
  return { paths: outermost(paths), links: distinctLinks(links) };
}

export function distinctLinks(links: readonly HostLink[]): readonly HostLink[] {
  const byPath = new Map(links.map((link) => [link.path, link]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
