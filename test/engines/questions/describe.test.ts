import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRunner, presets, type RunnerPolicy } from '../../../src/index.js';
import { PROOFS } from './describe-proofs.js';

const out = join(tmpdir(), 'describe-out');
const data = join(tmpdir(), 'describe-in');
beforeAll(() => {
  mkdirSync(out);
  chmodSync(out, 0o777);
  mkdirSync(data);
  writeFileSync(join(data, 'a.txt'), 'a');
});
afterAll(() => {
  for (const path of [out, data]) rmSync(path, { recursive: true });
});

const TRIM: RunnerPolicy = { timeoutSeconds: 1.5, maxAstNodes: 20_000, diskLimitMb: 4, maxFiles: 9 };

/** Together they bring out every statement; none is of use to anybody. */
const POLICIES: readonly (readonly [string, RunnerPolicy])[] = [
  ['the default', { ...TRIM }],
  ['agent', { ...presets.agent, ...TRIM, cpuSeconds: 1, timeoutSeconds: 6 }],
  ['strict', { ...presets.strict, ...TRIM, resultFrom: 'variable', isolation: { exactly: 'kernel' } }],
  ['teaching', { ...presets.teaching, ...TRIM, resultFrom: 'expression', recursionLimit: 200 }],
  [
    'repeatable',
    {
      ...presets.agent,
      ...TRIM,
      deterministic: 7,
      clock: { frozenAt: '2026-01-31T12:00:00.250Z' },
      resultFrom: 'none',
      stripFences: false,
    },
  ],
  [
    'open doors',
    {
      ...presets.agent,
      ...TRIM,
      allowNetwork: true,
      allowSubprocess: true,
      writablePaths: [out],
      readablePaths: [data],
      clock: { offsetSeconds: -7200 },
      extraGlobals: { RATE: 3 },
      stripFences: true,
      isolation: 'full',
    },
  ],
  [
    'mode allow',
    {
      ...TRIM,
      mode: 'allow',
      allowedGlobals: ['x'],
      banDefinitions: true,
      bannedSyntax: { While: '', 'sorted()': '' },
    },
  ],
  ['guarded mode', { ...TRIM, allow: ['shutil.disk_usage', 'sched.*'] }],
];

const proved = new Set<RegExp>();

test.each(POLICIES)(
  'every statement under %s is true',
  async (_title, policy) => {
    const runner = await createRunner({ policy, warm: { size: 1 } });
    // Imports take long on a machine that is busy; what proves a limit keeps it.
    const patient = await createRunner({ policy: { ...policy, timeoutSeconds: 30 }, warm: { size: 3 } });
    // What proves a statement may need another way to give its result, or a module; never another limit.
    const { resultFrom: _from, ...open } = policy;
    const asked = await createRunner({ policy: { ...open, ...proofPolicy(policy) }, warm: { size: 3 } });
    try {
      const lines = (await runner.describe()).trimEnd().split('\n');
      // A run that lasts to its deadline leaves time for the others.
      const lasting: Promise<readonly [string, boolean]>[] = [];
      for (const line of lines) {
        const text = line.replace(/^- /, '');
        const proofs = PROOFS.filter(({ of }) => of.test(text));
        expect([text, proofs.length]).toEqual([text, 1]);
        const [proof] = proofs;
        const found = proof?.of.exec(text) ?? null;
        if (proof === undefined || found === null) continue;
        proved.add(proof.of);
        const isOfLanguage = /^(?:Only|No|Every|Modules|Pack|These b|The result|Input|Func|Names)/.test(text);
        const asking = isOfLanguage ? patient : asked;
        const proving = proof
          .prove(found, async (code, input) => asking.run(code, input), policy)
          .then((isTrue) => [text, isTrue] as const);
        if (text.startsWith('A run may last')) lasting.push(proving);
        else expect(await proving).toEqual([text, true]);
      }
      for (const [text, isTrue] of await Promise.all(lasting)) expect([text, isTrue]).toEqual([text, true]);
    } finally {
      await Promise.all([runner.close(), patient.close(), asked.close()]);
    }
  },
  120_000,
);

/** A policy that says the same of everything but the language. */
function proofPolicy(policy: RunnerPolicy): RunnerPolicy {
  return {
    mode: 'restrict',
    blockedImports: [],
    allowedImports: 'any',
    blockedBuiltins: [],
    allowedBuiltins: 'any',
    allow: 'off',
    allowedGlobals: 'any',
    banDefinitions: false,
    ...(policy.banDunders === true ? { banDunders: true } : {}),
  };
}

test('every proof was used', () => {
  expect(PROOFS.filter(({ of }) => !proved.has(of)).map(({ of }) => String(of))).toEqual([]);
});

test('each statement stands on a line of its own', async () => {
  const runner = await createRunner({ policy: presets.teaching, warm: { size: 1 } });
  const text = await runner.describe();
  await runner.close();
  expect(text).toMatch(/^(?:- .+\.\n){10,}$/);
});
