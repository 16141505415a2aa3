import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

// What starts many processes or takes long; the rest stays under a minute.
const SLOW = [
  ...['cli', 'compat', 'conformance', 'docs', 'engines', 'package', 'security', 'session'].map(
    (part) => `test/${part}/**/*.test.ts`,
  ),
  'test/learn/learn-policy.test.ts',
  'test/reading/readers.test.ts',
];
// What measures memory and rates, kills processes that have no owner then, or looks for traces of runs beside it.
const ALONE = [
  'conformance/*-timed',
  'engines/warm/endurance',
  'engines/warm/leaks',
  'engines/warm/node-exit',
  'engines/warm/pool',
  'security/leaks',
  'security/orphans',
].map((name) => `test/${name}.test.ts`);
// What breaks a pool and waits for it to recover: nearly all of their time is waiting, each for a pool of its own.
const FAULTS = ['test/engines/warm/faults*.test.ts', 'test/session/faults*.test.ts'];
// Ordinary programs in the jail: about Python and the kernel alone.
const COMPAT = ['test/compat/**/*.test.ts'];
// What pages show and installers do: once is enough.
const ONCE = ['test/docs/**', 'test/cli/env.test.ts'];
// What the kernel refuses and what Python answers, whichever Node asks.
const NODELESS = [
  'test/security/**',
  'test/engines/questions/describe.test.ts',
  'test/engines/deterministic/**',
];
// The same programs by each engine: a Node that runs the suite again takes one part of them, the next the other.
const OTHER_ENGINES = process.version.startsWith('v22.')
  ? ['test/conformance/warm.test.ts']
  : ['test/conformance/oneshot.test.ts', 'test/conformance/shared.test.ts'];
const CONTAINER = ['test/container/**/*.test.ts'];
// Minutes of mixed load: a step of its own in CI, and half an hour before a release.
const ENDURANCE = ['test/endurance/**/*.test.ts'];
const reports = process.env['PUNGI_REPORTS'];

// For a second run under another Node: what is left out then is in CONTRIBUTING.md.
const isAgain = process.env['PUNGI_AGAIN'] === '1';

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
          exclude: [...configDefaults.exclude, ...SLOW, ...CONTAINER, ...ENDURANCE],
          setupFiles: ['test/setup-file.ts'],
          testTimeout: 20_000,
          // One for each processor: by itself it leaves one of them free, which on two is half.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'slow',
          include: SLOW,
          exclude: [
            ...configDefaults.exclude,
            ...ALONE,
            ...FAULTS,
            ...(isAgain ? [...COMPAT, ...ONCE, ...NODELESS, ...OTHER_ENGINES] : []),
          ],
          setupFiles: ['test/setup-file.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Half of their time is waiting; with more at once deadlines would measure the other files.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'alone',
          include: isAgain ? [] : ALONE,
          setupFiles: ['test/setup-file.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'faults',
          include: isAgain ? [] : FAULTS,
          setupFiles: ['test/setup-file.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 3,
          sequence: { groupOrder: 3 },
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
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          name: 'endurance',
          include: ENDURANCE,
          setupFiles: ['test/setup-file.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});
