import { afterAll, describe } from 'vitest';
import { hostFacts } from '../../src/host/default-host.js';
import type { IsolationLevel } from '../../src/policy/isolation-level.js';
import { expectNothingLeft } from './leftovers.js';
import { levelsHere } from './levels.js';
import { testPrograms } from './program.js';
import { ERROR_PROGRAMS, EXIT_PROGRAMS } from './programs/errors.js';
import { RESULT_PROGRAMS } from './programs/results.js';
import { STREAM_PROGRAMS } from './programs/streams.js';
import { type Run, type Subject, subjectAt } from './subject.js';
import { testAbort } from './test-abort.js';
import { testBadInput, testBadPythons } from './test-bad-input.js';
import { testDisplays } from './test-displays.js';
import { testEquality } from './test-equality.js';
import { testFiles } from './test-files.js';
import { testLimits } from './test-limits.js';
import { testPolicy } from './test-policy.js';
import { testPythons } from './test-pythons.js';
import { testStreaming } from './test-streaming.js';
import { testUsage } from './test-usage.js';
import { testValues } from './test-values.js';

type Sections = Readonly<Record<string, (subject: Subject) => void>>;

const SECTIONS: Sections = {
  results: (subject) => testPrograms(RESULT_PROGRAMS, subject),
  errors: (subject) => testPrograms(ERROR_PROGRAMS, subject),
  values: testValues,
  abort: testAbort,
  displays: testDisplays,
  files: testFiles,
  policy: testPolicy,
  equality: testEquality,
  pythons: testPythons,
  streaming: testStreaming,
  usage: testUsage,
  streams: (subject) => testPrograms(STREAM_PROGRAMS, subject),
  exits: (subject) => testPrograms(EXIT_PROGRAMS, subject),
};

/** Level `process` promises rlimits and a deadline, not a tree that cannot escape them. */
const JAILED_SECTIONS: Sections = {
  limits: testLimits,
};

/** These measure times and rates: their files run with nothing beside them. */
const TIMED_SECTIONS: ReadonlySet<string> = new Set(['abort', 'files', 'limits', 'streaming']);

/** What of the suite an engine is held to, where it is not all of it. */
export interface Scope {
  readonly levels: readonly IsolationLevel[];
  readonly badInput: boolean;
  readonly sections: 'timed' | 'others';
  /** Ends what the engine keeps from one test to the next. */
  readonly release: () => Promise<void>;
}

/** The two halves of the whole. */
export const TIMED: Scope = {
  levels: ['full', 'kernel', 'process'],
  badInput: false,
  sections: 'timed',
  release: () => Promise.resolve(),
};
export const OTHERS: Scope = { ...TIMED, badInput: true, sections: 'others' };

/** Holds an engine to everything that a run promises, at each level that this machine offers. */
export async function describeConformance(
  engineName: string,
  run: Run,
  { levels, badInput, sections, release }: Scope,
): Promise<void> {
  const { python } = await hostFacts('find');
  if (badInput) {
    describe(`${engineName}, bad input`, () => {
      expectNothingLeft();
      testBadInput(run);
      testBadPythons(run, python.executable);
    });
  }
  for (const levelHere of (await levelsHere()).filter((here) => levels.includes(here.level))) {
    const { level, skip } = levelHere;
    const title = `${engineName}, level ${level}`;
    describe.skipIf(skip !== null)(skip === null ? title : `${title} (skipped: ${skip})`, () => {
      const subject = subjectAt(levelHere, run);
      const all = Object.entries(level === 'process' ? SECTIONS : { ...SECTIONS, ...JAILED_SECTIONS });
      const isWanted = (section: string): boolean => TIMED_SECTIONS.has(section) === (sections === 'timed');
      for (const [section, register] of all.filter(([name]) => isWanted(name))) {
        describe(section, () => {
          expectNothingLeft();
          // Hooks after all tests run in the reverse order: this one before the look at what is left.
          afterAll(release);
          register(subject);
        });
      }
    });
  }
}
