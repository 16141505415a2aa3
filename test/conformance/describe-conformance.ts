import { describe } from 'vitest';
import { hostFacts } from '../../src/host/default-host.js';
import { expectNothingLeft } from './leftovers.js';
import { levelsHere } from './levels.js';
import { testPrograms } from './program.js';
import { ERROR_PROGRAMS, EXIT_PROGRAMS } from './programs/errors.js';
import { RESULT_PROGRAMS } from './programs/results.js';
import { STREAM_PROGRAMS } from './programs/streams.js';
import { type Run, type Subject, subjectAt } from './subject.js';
import { testAbort } from './test-abort.js';
import { testBadInput, testBadPythons } from './test-bad-input.js';
import { testEquality } from './test-equality.js';
import { testFiles } from './test-files.js';
import { testLimits } from './test-limits.js';
import { testPolicy } from './test-policy.js';
import { testPythons } from './test-pythons.js';
import { testStreaming } from './test-streaming.js';
import { testValues } from './test-values.js';

type Sections = Readonly<Record<string, (subject: Subject) => void>>;

const SECTIONS: Sections = {
  results: (subject) => testPrograms(RESULT_PROGRAMS, subject),
  errors: (subject) => testPrograms(ERROR_PROGRAMS, subject),
  values: testValues,
  abort: testAbort,
  files: testFiles,
  policy: testPolicy,
  equality: testEquality,
  pythons: testPythons,
  streaming: testStreaming,
  streams: (subject) => testPrograms(STREAM_PROGRAMS, subject),
  exits: (subject) => testPrograms(EXIT_PROGRAMS, subject),
};

/** Level `process` promises rlimits and a deadline, not a tree that cannot escape them. */
const JAILED_SECTIONS: Sections = {
  limits: testLimits,
};

/** Holds an engine to everything that a run promises, at each level that this machine offers. */
export async function describeConformance(engineName: string, run: Run): Promise<void> {
  const { python } = await hostFacts('find');
  describe(`${engineName}, bad input`, () => {
    expectNothingLeft();
    testBadInput(run);
    testBadPythons(run, python.executable);
  });
  for (const levelHere of await levelsHere()) {
    const { level, skip } = levelHere;
    const title = `${engineName}, level ${level}`;
    describe.skipIf(skip !== null)(skip === null ? title : `${title} (skipped: ${skip})`, () => {
      const subject = subjectAt(levelHere, run);
      for (const [section, register] of Object.entries(
        level === 'process' ? SECTIONS : { ...SECTIONS, ...JAILED_SECTIONS },
      )) {
        describe(section, () => {
          expectNothingLeft();
          register(subject);
        });
      }
    });
  }
}
