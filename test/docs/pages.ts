import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Block {
  /** Relative to the repository: `docs/files.md`. */
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** Every page for users: the README and what lies beneath docs/, but for the log of decisions. */
export function listPages(): readonly string[] {
  const below = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const pages = below.filter((name) => name.endsWith('.md') && !/^(decisions|\.vitepress)\//.test(name));
  return ['README.md', ...pages.sort().map((name) => `docs/${name}`)];
}

export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** The fenced blocks of a page, in order; those without a language show output and are left out. */
export function readBlocks(page: string): readonly Block[] {
  const text = readPage(page);
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(({ 1: language = '', 2: body = '', index }) => ({
    page,
    line: text.slice(0, index).split('\n').length,
    language,
    text: body,
  }));
}
