import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';

/** The sections of docs/index.md with the pages that they link. */
function sidebar() {
  const index = readFileSync(join(import.meta.dirname, '../index.md'), 'utf8');
  const [, ...sections] = index.split(/^## /m);
  return sections.map((section) => ({
    text: section.slice(0, section.indexOf('\n')),
    items: [...section.matchAll(/\[([^\]]+)\]\(([^)]+)\.md\)/g)].map(([, text, link]) => ({
      text: text.charAt(0).toUpperCase() + text.slice(1),
      link: `/${link}`,
    })),
  }));
}

export default defineConfig({
  title: 'pungi',
  description: 'Run Python that you did not write, from Node, in a real CPython inside a kernel sandbox.',
  srcExclude: ['decisions/**'],
  cacheDir: '../.cache/vitepress',
  // Files of the repository beside the docs; test/docs/links.test.ts looks whether they are there.
  ignoreDeadLinks: [/^\.\/\.\.\//],
  themeConfig: {
    nav: [{ text: 'First five minutes', link: '/first-five-minutes' }],
    sidebar: [{ text: 'First five minutes', link: '/first-five-minutes' }, ...sidebar()],
    search: { provider: 'local' },
    outline: [2, 3],
  },
});
