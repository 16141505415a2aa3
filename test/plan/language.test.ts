import { expect, test } from 'vitest';
import { orderLanguage } from '../../src/plan/language.js';
import type { LanguageOrders } from '../../src/plan/plan.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import type { RunnerPolicy } from '../../src/policy/schema.js';
import { base } from './samples.js';

const order = (policy: RunnerPolicy): LanguageOrders =>
  orderLanguage(resolvePolicy(policy), base, [], false, false);

/** Each field of the policy that the language layer enforces, and what the harness is told of it. */
test.each<[RunnerPolicy, Partial<LanguageOrders>]>([
  [{ blockedImports: ['csv'] }, { blockedImports: ['csv'] }],
  [{ allowedImports: ['math'] }, { allowedImports: ['math'] }],
  [{ blockedBuiltins: ['eval'] }, { blockedBuiltins: ['eval'] }],
  [{ allowedBuiltins: ['print'] }, { allowedBuiltins: ['print'] }],
  [{ blockedGlobals: ['secret'] }, { blockedGlobals: ['secret'] }],
  [{ allowedGlobals: ['rate'] }, { allowedGlobals: ['rate'] }],
  [{ banDefinitions: true }, { banDefinitions: true }],
  [{ banDunders: true }, { banDunders: true }],
  [{ bannedSyntax: { While: 'Use for.' } }, { bannedSyntax: { While: 'Use for.' } }],
  [{ maxAstNodes: 7 }, { maxAstNodes: 7 }],
  [{ maxResultKb: 3 }, { maxResultBytes: 3072 }],
  [{ maxDisplays: 2 }, { maxDisplays: 2 }],
  [{ maxDisplayKb: 4 }, { maxDisplayBytes: 4096 }],
  [{ resultFrom: 'variable' }, { resultFrom: 'variable' }],
  [{ recursionLimit: 300 }, { recursionLimit: 300 }],
  [{ deterministic: 5 }, { seed: 5 }],
  [{ clock: { offsetSeconds: 60 } }, { clock: { kind: 'offset', offsetMs: 60_000 } }],
  [{ allowNetwork: true }, { network: true }],
  [{ allowSubprocess: true }, { subprocess: true }],
])('%o', (policy, expected) => {
  const [told, untold] = [order(policy), order({})];
  for (const [key, value] of Object.entries(expected)) {
    expect(Reflect.get(told, key)).toEqual(value);
    expect(Reflect.get(untold, key)).not.toEqual(value);
  }
});

test('the entries of allow come after those of the library, and switch the guard on', () => {
  const { guard } = order({ allow: ['math.sqrt', 'math.tan'] });
  expect(order({}).guard).toBeNull();
  expect(guard?.entries.slice(-2).map((entry) => JSON.stringify(entry))).toEqual([
    expect.stringContaining('math.sqrt'),
    expect.stringContaining('math.tan'),
  ]);
});
