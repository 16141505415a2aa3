import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Validation } from '../../src/engines/questions/validation.js';
import { hostFacts } from '../../src/host/default-host.js';
import { currentPathBase } from '../../src/job/path-base.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import type { RunnerPolicy } from '../../src/policy/schema.js';
import { createValidator, type Validator } from '../../src/reading/validator.js';
import { validateCode } from '../../src/validate-code.js';
import { expectNothingLeft } from '../conformance/leftovers.js';
import { levelsHere } from '../conformance/levels.js';
import { findTree } from '../engines/warm/processes.js';

const POLICY: RunnerPolicy = { blockedImports: ['os'], blockedBuiltins: ['eval'], memoryLimitMb: 64 };

/** Twice as much code with each level: the compiler repeats what `finally` holds. */
function nestedFinally(levels: number): string {
  const lines = Array.from(
    { length: levels },
    (_, depth) => `${' '.repeat(depth)}try: x\n${' '.repeat(depth)}finally:\n`,
  );
  return `${lines.join('')}${' '.repeat(levels)}y\n`;
}

/** Each takes a while, and gives back the memory that it took. */
const ENDLESS = Array.from(
  { length: 40 },
  (_, index) => `def f${index}():\n${nestedFinally(16).replaceAll(/^(?=.)/gm, ' ')}`,
).join('');
const PROBES = ['x = 1', 'import os\nreturn 1\neval', 'x = (1', `x = ${'-'.repeat(400)}1`, 'f(a, a=1, a=2)'];
const HOSTILE = [
  `x = ${'('.repeat(100_000)}`,
  `x = ${'-'.repeat(60_000)}1`,
  Array.from({ length: 20_000 }, (_, index) => `name_${index} = ${index}`).join('\n'),
  `x = '${'a'.repeat(900_000)}'`,
  'x = [[[[[1, 2, 3]]]]]\n'.repeat(40_000),
  `${"'\\d' is 1\n".repeat(500)}`,
];
/** So long that it can be found at work, with the memory for it. */
const LONG = nestedFinally(15);
const ROOMY: RunnerPolicy = { ...POLICY, memoryLimitMb: 2048 };
const CRASHED = {
  kind: 'limit',
  type: 'Crashed',
  action: null,
  target: null,
  message: "Reading the code ended CPython's parser.",
  line: null,
  column: null,
  excerpt: null,
  suggestion: 'Shorten the code, or nest it less deeply.',
};

async function using(
  policy: RunnerPolicy,
  work: (validate: (code: string) => Promise<Validation>, validator: Validator) => Promise<void>,
): Promise<void> {
  const resolved = resolvePolicy(policy);
  const facts = await hostFacts(resolved.pythonExecutable);
  const validator = createValidator(resolved, facts, await currentPathBase(resolved));
  try {
    await work((code) => validator.validate(code), validator);
  } finally {
    await validator.close();
  }
}

/** The one reader: the worker that was there when one more waited for its turn. */
async function findReader(validate: (code: string) => Promise<Validation>): Promise<number> {
  await validate('1');
  while (findTree().workers.length < 2) await delay(5);
  return Math.min(...findTree().workers);
}

for (const { level, skip } of await levelsHere()) {
  describe.skipIf(skip !== null)(`readers at ${level}`, () => {
    expectNothingLeft();
    const policy: RunnerPolicy = { ...POLICY, isolation: { exactly: level } };

    test('no program changes what is said of the next, nor what is said of it', async () => {
      await using(policy, async (validate) => {
        const expected = await Promise.all(PROBES.map((code) => validateCode(code, policy)));
        for (const code of level === 'full' ? HOSTILE : HOSTILE.slice(0, 2)) {
          const told = await validate(code);
          const found: Validation[] = [];
          for (const probe of PROBES) found.push(await validate(probe));
          expect(found).toEqual(expected);
          expect(await validateCode(code, policy)).toEqual(told);
        }
      });
    });
  });
}

describe('the reader', () => {
  expectNothingLeft();

  test('goes on from question to question, and is replaced after code that is long or hits a limit', async () => {
    await using(POLICY, async (validate) => {
      const first = await findReader(validate);
      for (const code of [...PROBES.filter((probe) => !probe.includes('-')), 'x = 1\n'.repeat(1000)])
        await validate(code);
      expect(findTree().workers).toContain(first);
      await validate(`x = ${'-'.repeat(3000)}1`);
      await gone(first);
      const second = await findReader(validate);
      await validate(`# ${'-'.repeat(40_000)}`);
      await gone(second);
    });
  });

  test('is replaced after so many questions', async () => {
    await using(POLICY, async (validate) => {
      const first = await findReader(validate);
      for (let count = 1; count < 199; count += 1) await validate('1');
      expect(findTree().workers).toContain(first);
      await validate('1');
      await gone(first);
      expect(await validate('1')).toEqual({ ok: true, problems: [] });
    });
  });

  test('that dies in a question is told of, and another answers the next', async () => {
    await using(ROOMY, async (validate) => {
      const reader = await findReader(validate);
      const told = validate(LONG);
      await delay(100);
      process.kill(reader, 'SIGKILL');
      expect(await told).toEqual({ ok: false, problems: [CRASHED] });
      expect(await validate('1')).toEqual({ ok: true, problems: [] });
    });
  });

  test('that dies between two questions is not noticed', async () => {
    await using(POLICY, async (validate) => {
      for (const pause of [0, 1, 20]) {
        process.kill(await findReader(validate), 'SIGKILL');
        await delay(pause);
        const { ok, problems } = await validate('1');
        // Where it dies with the question in its hands nobody can tell who was first.
        expect(ok || problems[0]?.type === 'Crashed').toBe(true);
      }
    });
  });

  test('whose whole tree is lost is asked again in another', async () => {
    await using(ROOMY, async (validate) => {
      await findReader(validate);
      const told = validate(LONG);
      await delay(100);
      process.kill(findTree().supervisor, 'SIGKILL');
      expect(await told).toEqual({ ok: true, problems: [] });
    });
  });

  test('that takes too long is ended, and does not hold up another question', async () => {
    await using(ROOMY, async (validate) => {
      const told = validate(ENDLESS);
      const order: string[] = [];
      void told.then(() => order.push('long'));
      for (let count = 0; count < 5; count += 1) await validate('1');
      order.push('short');
      const { problems } = await told;
      expect(order).toEqual(['short', 'long']);
      expect(problems.map(({ kind, message }) => [kind, message])).toEqual([
        ['limit', 'Reading the code took longer than 5 s.'],
      ]);
      expect(await validate('1')).toEqual({ ok: true, problems: [] });
    });
  });

  test('answers what was asked before the runner was closed', async () => {
    await using(POLICY, async (validate, validator) => {
      const asked = PROBES.map((code) => validate(code));
      const closed = validator.close();
      await expect(validate('1')).rejects.toMatchObject({ code: 'RUNNER_CLOSED' });
      expect((await Promise.all(asked)).map(({ ok }) => ok)).toEqual([true, false, false, true, false]);
      await closed;
    });
  });
});

async function gone(pid: number): Promise<void> {
  while (findTree().workers.includes(pid)) await delay(5);
}
