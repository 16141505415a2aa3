import { expect, test } from 'vitest';
import { orderGuard } from '../../src/plan/guard.js';
import { resolveAllow } from '../../src/policy/allow-rules.js';
import { CURATED_CALLABLES } from '../../src/policy/curated-callables.js';

const CURATED = orderGuard({ everything: false, entries: [] });

test('the curated list as the Python tests read it; -u writes it again', async () => {
  await expect(`${JSON.stringify(CURATED, null, 1)}\n`).toMatchFileSnapshot(
    '../../python-harness/tests/guard_orders.json',
  );
});

test('every curated name is listed once, with a reason', () => {
  const names = CURATED_CALLABLES.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(CURATED_CALLABLES.filter(({ reason }) => reason === '')).toEqual([]);
});

test('entries of the caller come after the curated ones', () => {
  const allow = resolveAllow(['numpy.array']);
  if (allow === 'off') throw new Error('guarded mode is on');
  expect(orderGuard(allow).entries).toEqual([...CURATED.entries, { name: 'numpy.array', members: [] }]);
});

test('what starts programs, runs text as code or leads to frames is not on the curated list', () => {
  const whole = CURATED.entries.filter(({ members }) => members === 'all').map(({ name }) => name);
  const members = CURATED.entries.flatMap(({ name, members: given }) =>
    given === 'all' ? [] : given.map((member) => `${name}.${member.name}`),
  );
  for (const name of [
    'os',
    'sys',
    'subprocess',
    'shutil',
    'inspect',
    'gc',
    'types',
    'pickle',
    'ctypes',
    'builtins',
  ])
    expect(whole).not.toContain(name);
  for (const name of [
    'builtins.eval',
    'builtins.exec',
    'builtins.compile',
    'sys._getframe',
    'os.system',
    'shutil.rmtree',
  ])
    expect(members).not.toContain(name);
});
