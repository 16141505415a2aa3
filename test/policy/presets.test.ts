import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { defaultBlockedImports } from '../../src/policy/blocked-imports.js';
import { presets } from '../../src/policy/presets.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import type { RunnerPolicy } from '../../src/policy/schema.js';

function strictImports(): readonly string[] {
  const { allowedImports } = resolvePolicy(presets.strict);
  if (allowedImports === 'any') throw new Error('the strict preset has no allow list');
  return allowedImports;
}

test('agent blocks nothing', () => {
  const { blockedImports, allowedImports } = resolvePolicy(presets.agent);
  expect({ blockedImports, allowedImports }).toEqual({ blockedImports: [], allowedImports: 'any' });
});

test('a preset changes no limit and no door', () => {
  const { blockedImports: _blocked, ...agent } = resolvePolicy(presets.agent);
  const { blockedImports: _default, ...byDefault } = resolvePolicy();
  const { blockedImports: _empty, allowedImports: _allowed, ...strict } = resolvePolicy(presets.strict);
  expect(agent).toEqual(byDefault);
  expect({ ...strict, allowedImports: 'any' }).toEqual(byDefault);
});

test('teaching and data open no door and refuse what they say', () => {
  const byDefault = resolvePolicy();
  const changed = (policy: RunnerPolicy): string[] => {
    const resolved = resolvePolicy(policy);
    return Object.keys(resolved).filter(
      (key) => JSON.stringify(Reflect.get(resolved, key)) !== JSON.stringify(Reflect.get(byDefault, key)),
    );
  };
  expect(changed(presets.teaching).sort()).toEqual([
    'allowedImports',
    'banDunders',
    'blockedBuiltins',
    'blockedImports',
  ]);
  expect(changed(presets.data).sort()).toEqual([
    'allowedImports',
    'blockedImports',
    'cpuSeconds',
    'diskBytes',
    'maxFileBytes',
    'memoryBytes',
    'timeoutMs',
  ]);
});

test('presets are frozen and can be spread', () => {
  expect([presets, presets.agent, presets.strict, presets.strict.allowedImports].every(Object.isFrozen)).toBe(
    true,
  );
  expect(resolvePolicy({ ...presets.strict, blockedImports: ['numpy'] }).blockedImports).toEqual(['numpy']);
});

describe('the strict list', () => {
  test('has no module that the default list blocks', () => {
    const blocked = defaultBlockedImports({ allowNetwork: false, allowSubprocess: false });
    const roots = strictImports().map((name) => name.split('.')[0]);
    expect(roots.filter((root) => root !== undefined && blocked.includes(root))).toEqual([]);
  });

  test('names modules that the standard library really has', () => {
    const check = 'import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)';
    expect(() =>
      execFileSync('python3', ['-I', '-c', check, ...strictImports()], { stdio: 'pipe' }),
    ).not.toThrow();
  });
});
