import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

// What starts many processes or takes long; the rest stays under a minute.
const SLOW = ['cli', 'conformance', 'docs', 'engines', 'package', 'security'].map(
  (part) => `test/${part}/**/*.test.ts`,
);
const CONTAINER = ['test/container/**/*.test.ts'];
const reports = process.env['PUNGI_REPORTS'];

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    reporters:
      reports === undefined
        ? ['default']
        : [
            'default',
            ['json', { outputFile: join(reports, `vitest-${process.version}-${process.pid}.json`) }],
          ],
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text', 'html'] },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...SLOW, ...CONTAINER],
          setupFiles: ['test/setup-file.ts'],
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'slow',
          include: SLOW,
          setupFiles: ['test/setup-file.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // One file at a time: these measure deadlines and load the machine on purpose.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'container',
          include: CONTAINER,
          setupFiles: ['test/setup-file.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
