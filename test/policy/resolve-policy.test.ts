import { describe, expect, test } from 'vitest';
import { defaultBlockedImports } from '../../src/policy/blocked-imports.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import type { ResolvedPolicy } from '../../src/policy/resolved-policy.js';
import { SAFE_BUILTINS } from '../../src/policy/safe-builtins.js';

const MB = 1024 * 1024;

const DEFAULTS: ResolvedPolicy = {
  timeoutMs: 5000,
  cpuSeconds: 5,
  memoryBytes: 256 * MB,
  maxProcesses: 16,
  maxOpenFiles: 256,
  diskBytes: 64 * MB,
  maxOutputBytes: 128 * 1024,
  maxResultBytes: MB,
  maxFileBytes: 64 * MB,
  maxFiles: 256,
  allowNetwork: false,
  allowSubprocess: false,
  writablePaths: [],
  readablePaths: [],
  env: {},
  blockedImports: defaultBlockedImports({ allowNetwork: false, allowSubprocess: false }),
  allowedImports: 'any',
  blockedBuiltins: [],
  allowedBuiltins: 'any',
  maxDisplays: 32,
  maxDisplayBytes: 2 * MB,
  blockedGlobals: [],
  allowedGlobals: 'any',
  allow: 'off',
  banDefinitions: false,
  banDunders: false,
  bannedSyntax: {},
  maxCodeBytes: MB,
  maxAstNodes: 100_000,
  extraGlobals: {},
  resultFrom: 'either',
  stripFences: false,
  recursionLimit: 'python',
  deterministic: 'off',
  clock: 'host',
  isolation: { rule: 'at-least', level: 'kernel' },
  pythonExecutable: 'find',
};

test.each([[undefined], [{}], [Object.create(null)], [{ timeoutSeconds: undefined }]])(
  'row %#: an empty policy has every default',
  (policy) => {
    expect(resolvePolicy(policy)).toEqual(DEFAULTS);
  },
);

describe('accepted values', () => {
  test.each<[object, Partial<ResolvedPolicy>]>([
    [{ timeoutSeconds: 0.25 }, { timeoutMs: 250, cpuSeconds: 1 }],
    [{ timeoutSeconds: 5.2 }, { timeoutMs: 5200, cpuSeconds: 6 }],
    [{ timeoutSeconds: 3600 }, { timeoutMs: 3_600_000, cpuSeconds: 3600 }],
    [
      { timeoutSeconds: 10, cpuSeconds: 2 },
      { timeoutMs: 10_000, cpuSeconds: 2 },
    ],
    [{ memoryLimitMb: 16 }, { memoryBytes: 16 * MB }],
    [{ memoryLimitMb: '1g' }, { memoryBytes: 1024 * MB }],
    [{ maxProcesses: 1 }, { maxProcesses: 1 }],
    [{ maxOpenFiles: 65_536 }, { maxOpenFiles: 65_536 }],
    [{ diskLimitMb: 8 }, { diskBytes: 8 * MB, maxFileBytes: 8 * MB }],
    [
      { diskLimitMb: 8, maxFileKb: 10 },
      { diskBytes: 8 * MB, maxFileBytes: 10_240 },
    ],
    [{ maxOutputKb: 1 }, { maxOutputBytes: 1024 }],
    [{ maxResultKb: 2 }, { maxResultBytes: 2048 }],
    [{ maxFiles: 0 }, { maxFiles: 0 }],
    [{ writablePaths: ['.', '~/x', '/tmp', '.'] }, { writablePaths: ['.', '~/x', '/tmp'] }],
    [{ readablePaths: ['/data'] }, { readablePaths: ['/data'] }],
    [{ env: { A: '1', b_2: '' } }, { env: { A: '1', b_2: '' } }],
    [{ blockedImports: [] }, { blockedImports: [] }],
    [{ blockedImports: ['re', 're', 'xml.sax'] }, { blockedImports: ['re', 'xml.sax'] }],
    [{ allowedImports: 'any' }, { allowedImports: 'any', blockedImports: DEFAULTS.blockedImports }],
    [{ allowedImports: ['os', 'math'] }, { allowedImports: ['os', 'math'], blockedImports: [] }],
    [{ allowedImports: [] }, { allowedImports: [], blockedImports: [] }],
    [
      { allowedImports: ['xml'], blockedImports: ['xml.sax'] },
      { allowedImports: ['xml'], blockedImports: ['xml.sax'] },
    ],
    [{ blockedBuiltins: ['eval', '__import__'] }, { blockedBuiltins: ['eval', '__import__'] }],
    [{ allowedBuiltins: ['len'] }, { allowedBuiltins: ['len'] }],
    [
      { banDefinitions: true, banDunders: true },
      { banDefinitions: true, banDunders: true },
    ],
    [{ maxCodeBytes: 1 }, { maxCodeBytes: 1 }],
    [{ maxAstNodes: 10 }, { maxAstNodes: 10 }],
    [{ extraGlobals: { rate: 2, größe: [1n] } }, { extraGlobals: { rate: 2, größe: [1n] } }],
    [{ isolation: 'full' }, { isolation: { rule: 'at-least', level: 'full' } }],
    [{ isolation: { exactly: 'process' } }, { isolation: { rule: 'exactly', level: 'process' } }],
    [{ pythonExecutable: './venv' }, { pythonExecutable: { path: './venv' } }],
    [{ deterministic: true }, { deterministic: { seed: 0 } }],
    [{ deterministic: 0 }, { deterministic: { seed: 0 } }],
    [{ deterministic: 4_294_967_295 }, { deterministic: { seed: 4_294_967_295 } }],
    [{ clock: { frozenAt: '1970-01-01T00:00Z' } }, { clock: { kind: 'frozen', epochMs: 0 } }],
    [
      { clock: { frozenAt: '2026-01-31T12:00:00.5+01:00' } },
      { clock: { kind: 'frozen', epochMs: 1_769_857_200_500 } },
    ],
    [{ clock: { offsetSeconds: -1.5 } }, { clock: { kind: 'offset', offsetMs: -1500 } }],
    [{ recursionLimit: 50 }, { recursionLimit: 50 }],
    [{ resultFrom: 'none' }, { resultFrom: 'none' }],
    [{ stripFences: true }, { stripFences: true }],
    [
      { blockedGlobals: ['a', 'a'], allowedGlobals: ['b'] },
      { blockedGlobals: ['a'], allowedGlobals: ['b'] },
    ],
    [
      { mode: 'allow' },
      { blockedImports: [], allowedImports: [], allowedBuiltins: SAFE_BUILTINS, allowedGlobals: [] },
    ],
    [
      {
        mode: 'allow',
        allowedImports: ['math'],
        allowedBuiltins: ['len'],
        allowedGlobals: ['x'],
        blockedImports: [],
      },
      { blockedImports: [], allowedImports: ['math'], allowedBuiltins: ['len'], allowedGlobals: ['x'] },
    ],
    [{ bannedSyntax: { While: 'x', 'a.b()': '' } }, { bannedSyntax: { While: 'x', 'a.b()': '' } }],
    [{ allow: 'off' }, {}],
    [{ allow: [] }, { allow: { everything: false, entries: [] } }],
    [
      {
        allow: [
          'numpy.array',
          'scipy.*',
          {
            'pandas.DataFrame': ['head', ['to_csv', { kind: 'argPath', pos: 0, kw: 'path_or_buf' }]],
            'numpy.linalg': '*',
          },
          { 'pathlib.Path': [['write_text', { kind: 'extension', allow: ['.csv'] }]] },
          '*',
        ],
      },
      {
        allow: {
          everything: true,
          entries: [
            { name: 'numpy.array', members: [] },
            { name: 'scipy', members: 'all' },
            {
              name: 'pandas.DataFrame',
              members: [
                { name: 'head', rule: null },
                { name: 'to_csv', rule: { kind: 'argPath', pos: 0, kw: 'path_or_buf', allow: [] } },
              ],
            },
            { name: 'numpy.linalg', members: 'all' },
            {
              name: 'pathlib.Path',
              members: [
                { name: 'write_text', rule: { kind: 'extension', pos: null, kw: null, allow: ['.csv'] } },
              ],
            },
          ],
        },
      },
    ],
    [{ mode: 'restrict' }, {}],
  ])('row %#', (policy, resolved) => {
    expect(resolvePolicy(policy)).toEqual({ ...DEFAULTS, ...resolved });
  });

  test('an open door takes its modules off the default block list, and no others', () => {
    const blocked = DEFAULTS.blockedImports;
    const without = (names: readonly string[]) => blocked.filter((name) => !names.includes(name));
    expect(resolvePolicy({ allowNetwork: true }).blockedImports).toEqual(without(['socket', '_socket']));
    expect(resolvePolicy({ allowSubprocess: true }).blockedImports).toEqual(
      without([
        'subprocess',
        '_posixsubprocess',
        'pty',
        'multiprocessing',
        '_multiprocessing',
        '_posixshmem',
      ]),
    );
    expect(resolvePolicy({ allowNetwork: true, blockedImports: ['socket'] }).blockedImports).toEqual([
      'socket',
    ]);
  });
});

describe('the resolved policy', () => {
  test('is frozen all the way down', () => {
    const resolved = resolvePolicy({
      env: { A: '1' },
      writablePaths: ['/a'],
      allowedImports: ['re'],
      extraGlobals: { nested: { list: [1] } },
      isolation: { exactly: 'full' },
      pythonExecutable: '/usr/bin/python3',
    });
    const seen: unknown[] = [resolved];
    for (const value of seen) {
      expect(Object.isFrozen(value)).toBe(true);
      if (typeof value === 'object' && value !== null) {
        seen.push(...Object.values(value).filter((child) => typeof child === 'object' && child !== null));
      }
    }
    expect(seen.length).toBe(14);
  });

  test('shares nothing with what the caller gave, and leaves that unfrozen', () => {
    const given = { env: { A: '1' }, writablePaths: ['/a'], extraGlobals: { nested: { list: [1] } } };
    const resolved = resolvePolicy(given);
    given.env.A = '2';
    given.writablePaths.push('/b');
    given.extraGlobals.nested.list.push(2);
    expect(resolved.env).toEqual({ A: '1' });
    expect(resolved.writablePaths).toEqual(['/a']);
    expect(resolved.extraGlobals).toEqual({ nested: { list: [1] } });
  });

  test('does not see inherited keys', () => {
    const pollution = { enumerable: true, configurable: true, writable: true };
    Object.defineProperty(Object.prototype, 'allowNetwork', { value: true, ...pollution });
    Object.defineProperty(Object.prototype, 'exactly', { value: 'process', ...pollution });
    try {
      expect(resolvePolicy({ timeoutSeconds: 1 }).allowNetwork).toBe(false);
      expect(() => resolvePolicy({ isolation: {} })).toThrow(
        'Policy key `isolation.exactly` is undefined; allowed:',
      );
    } finally {
      Reflect.deleteProperty(Object.prototype, 'allowNetwork');
      Reflect.deleteProperty(Object.prototype, 'exactly');
    }
  });
});
