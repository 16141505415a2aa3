import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, presets, type RunnerPolicy, type RunResult, runCode } from '../../src/index.js';
import { wantedJails } from '../conformance/wanted-levels.js';
import type { Attack, Family } from './attack.js';
import { type Bait, layBait } from './bait.js';
import { FILES } from './corpus/files.js';
import { NETWORK } from './corpus/network.js';
import { PROCESSES } from './corpus/processes.js';
import { REACH } from './corpus/reach.js';
import { SYSCALLS } from './corpus/syscalls.js';
import { composeProgram } from './prelude.js';
import { readOutcomes, runBare } from './run-bare.js';

const FAMILIES: readonly Family[] = [FILES, REACH, NETWORK, PROCESSES, SYSCALLS];
/** An attack that fails by a slip of its own proves nothing. */
const BROKEN_ATTACK = /NameError|SyntaxError|TypeError|AttributeError|ModuleNotFoundError/;
const LEVELS = wantedJails();
const ENGINES = ['oneshot', 'warm'] as const;
const POLICIES = [
  ['presets.agent', presets.agent],
  ['the default policy', {}],
] as const;

const release: (() => PromiseLike<void>)[] = [];
let bait: Bait;

beforeAll(async () => {
  bait = await layBait();
  release.push(() => bait[Symbol.asyncDispose]());
});

afterAll(async () => {
  for (const end of release) await end();
});

describe.each(FAMILIES)('attacks of the family $name', ({ attacks }) => {
  const program = composeProgram(attacks);

  test('ids are unique', () => {
    expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length);
  });

  describe.each(LEVELS)('at level %s', (level) => {
    describe.each(POLICIES)('with %s', (_name, policy) => {
      describe.each(ENGINES)('in the %s engine', (engine) => {
        let outcomes: Readonly<Record<string, string>> = {};

        beforeAll(async () => {
          const jailed = {
            ...policy,
            isolation: { exactly: level },
            env: bait.environment,
            timeoutSeconds: 20,
          };
          const run = await RUN[engine](program, jailed);
          expect(run.status, String(run.error)).toBe('ok');
          outcomes = readOutcomes(run.result);
        });

        test.each(titles(attacks))('%s: %s must not %s', (id) => {
          expect(outcomes[id]).toMatch(/^refused: /);
          expect(outcomes[id]).not.toMatch(BROKEN_ATTACK);
        });
      });
    });
  });

  describe('bare, where nothing holds', () => {
    let outcomes: Readonly<Record<string, string>> = {};

    beforeAll(async () => {
      outcomes = await runBare(program, bait.environment);
    });

    const controls = attacks.filter(({ control }) => control === 'bare');

    test.each(titles(controls.filter(isShownHere)))('%s: %s', (id) => {
      expect(outcomes[id]).toMatch(/^done: /);
    });

    const hidden = controls.filter((attack) => !isShownHere(attack));
    test.skip.each(titles(hidden))('%s: %s (skipped: only root can show it)', () => {});
  });
});

const RUN: Readonly<
  Record<(typeof ENGINES)[number], (code: string, policy: RunnerPolicy) => PromiseLike<RunResult>>
> = {
  oneshot: (code, policy) => runCode(code, undefined, policy, { oneshot: true }),
  async warm(code, policy) {
    const runner = await createRunner({ policy, warm: { size: 1 } });
    try {
      return await runner.run(code);
    } finally {
      await runner.close();
    }
  },
};

function isShownHere({ bareNeeds }: Attack): boolean {
  return bareNeeds !== 'root' || process.getuid?.() === 0;
}

function titles(attacks: readonly Attack[]): (readonly [string, string, string])[] {
  return attacks.map(({ id, technique, mustNot }) => [id, technique, mustNot]);
}
