import { afterEach, expect, test, vi } from 'vitest';
import { type Logger, resolveLogger } from '../../src/log/logger.js';
import { policyFromEnv } from '../../src/policy/from-env.js';

afterEach(() => vi.restoreAllMocks());

function written(level: string | undefined): readonly string[] {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  const log = resolveLogger(undefined, { PUNGI_LOG_LEVEL: level });
  log.debug('a', { n: 1 });
  log.info('b', {});
  log.warn('c', { why: 'x' });
  log.error('d', {});
  return lines;
}

test.each([
  [undefined, []],
  ['', []],
  ['silent', []],
  ['error', ['pungi error: d {}\n']],
  ['warn', ['pungi warn: c {"why":"x"}\n', 'pungi error: d {}\n']],
  ['info', ['pungi info: b {}\n', 'pungi warn: c {"why":"x"}\n', 'pungi error: d {}\n']],
  [
    'debug',
    ['pungi debug: a {"n":1}\n', 'pungi info: b {}\n', 'pungi warn: c {"why":"x"}\n', 'pungi error: d {}\n'],
  ],
] as const)('level %j', (level, lines) => {
  expect(written(level)).toEqual(lines);
});

test('a logger that is given is taken, whatever the environment says', () => {
  const given = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() } satisfies Logger;
  const log = resolveLogger(given, { PUNGI_LOG_LEVEL: 'loud' });
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    log[level](`a ${level}`, { level });
    expect(given[level].mock.calls).toEqual([[`a ${level}`, { level }]]);
  }
});

test('what a logger throws is a warning, and no fault of whoever told it', () => {
  const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const fail = (): never => {
    throw new Error('full');
  };
  resolveLogger({ debug: fail, info: fail, warn: fail, error: fail }, {}).warn('a', {});
  expect(warning.mock.calls).toEqual([['The logger of pungi threw: full']]);
});

test('an unknown level is refused', () => {
  expect(() => resolveLogger(undefined, { PUNGI_LOG_LEVEL: 'loud' })).toThrow(
    expect.objectContaining({
      code: 'INVALID_INPUT',
      message: "PUNGI_LOG_LEVEL is 'loud'; allowed: debug, info, warn, error, silent.",
    }),
  );
});

test.each([[null], [{}], [{ debug: 1, info: 1, warn: 1, error: 1 }], ['console']])(
  '%j is no logger',
  (given) => {
    expect(() => resolveLogger(given, {})).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', hint: 'Pass for example `console`.' }),
    );
  },
);

test('its variable is no key of a policy', () => {
  expect(policyFromEnv({ PUNGI_LOG_LEVEL: 'debug', PUNGI_TIMEOUT_SECONDS: '2' })).toEqual({
    timeoutSeconds: 2,
  });
});
