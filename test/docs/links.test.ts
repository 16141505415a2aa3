import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { listPages, ROOT, readPage } from './pages.js';

const PAGES = [...listPages(), 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

/** The anchors that headings give, as GitHub and VitePress make them. */
function anchorsOf(page: string): readonly string[] {
  const text = readPage(page).replace(/^```.*?^```$/gms, '');
  return [...text.matchAll(/^#+ (.+)$/gm)].map(({ 1: title = '' }) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

function faultOf(page: string, link: string): string | null {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  // The site leaves them out: there they are named by their path.
  if (/^docs\/[^/]+\.md$/.test(page) && path.startsWith('decisions/')) return `${link}: not on the site`;
  if (!existsSync(join(ROOT, target))) return `${link}: no such file`;
  if (anchor === undefined || !target.endsWith('.md')) return null;
  return anchorsOf(target).includes(anchor) ? null : `${link}: no such heading`;
}

test.each(PAGES)('the links of %s lead somewhere', (page) => {
  const text = readPage(page).replace(/^```.*?^```$/gms, '');
  const links = [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(({ 1: link = '' }) => link);
  expect(links.map((link) => faultOf(page, link)).filter((fault) => fault !== null)).toEqual([]);
});

test('every page can be reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const { 1: link = '' } of readPage(page).matchAll(/\]\((?!https?:|#)([^)#]+\.md)/g))
      reached.add(join(dirname(page), link));
  }
  expect(listPages().filter((page) => !reached.has(page))).toEqual([]);
});
