import { expect, test } from 'vitest';
import type { RunResult } from '../../src/index.js';
import { build, readGoldenValues } from '../protocol/golden-values.js';
import { sciencePython } from './science-python.js';
import type { Subject } from './subject.js';

const golden = readGoldenValues();
const plainRows = golden.fromPython.filter(({ needs }) => needs === undefined);
const scienceRows = golden.fromPython.filter(({ needs }) => needs !== undefined);
const MODULES =
  'import array, collections, dataclasses, datetime, decimal, enum, fractions, pathlib, sys, time, types, uuid';

/** Every row of docs/values.md through a real run, in both directions. */
export function testValues({ run }: Subject): void {
  const python = sciencePython();

  // One run for all rows; each is judged apart, so that the one that is wrong is named.
  const all: { run: Promise<RunResult> | null } = { run: null };
  test.each(plainRows.map((row, index) => ({ ...row, index })))(
    '$python comes out as $javascript',
    async ({ javascript, index }) => {
      const rows = plainRows.map((row) => row.python).join(',\n');
      all.run ??= run(`${MODULES}\nresult = [\n${rows}\n]`).finally(() => undefined);
      const { result, notes, error } = await all.run;
      expect(String(error)).toBe('null');
      expect(notes).toEqual([]);
      expect(result).toHaveLength(plainRows.length);
      expect(Reflect.get(Object(result), index)).toStrictEqual(build(javascript));
    },
  );

  // A row that is the whole result takes no other way than one in a list: a few of each kind show it.
  test.each(plainRows.filter((_, index) => index % 8 === 0))('$python is a result by itself', async (row) => {
    const { result, notes } = await run(`${MODULES}\nresult = ${row.python}`);
    expect({ result, notes }).toStrictEqual({ result: build(row.javascript), notes: [] });
  });

  test.skipIf(python.skip !== null)(
    `all rows of numpy and pandas come out (${python.skip ?? 'here'})`,
    async () => {
      const rows = scienceRows.map((row) => row.python).join(',\n');
      const code = `${MODULES}\nimport numpy, pandas\nresult = [\n${rows}\n]`;
      const policy = { pythonExecutable: python.file, memoryLimitMb: 512, timeoutSeconds: 20 };
      const { result, error } = await run(code, {}, policy);
      expect(String(error)).toBe('null');
      expect(result).toStrictEqual(scienceRows.map(({ javascript }) => build(javascript)));
    },
  );

  test('all rows of input data arrive', async () => {
    const code = [
      MODULES,
      'def show(value):',
      '    return [type(value).__name__, ascii(sorted(value, key=ascii) if type(value) is set else value)]',
      `wanted = [\n${golden.fromJavaScript.map((row) => row.python).join(',\n')}\n]`,
      'result = {"seen": [show(value) for value in input_data], "wanted": [show(value) for value in wanted]}',
    ].join('\n');
    const { result, error } = await run(
      code,
      golden.fromJavaScript.map(({ javascript }) => build(javascript)),
    );
    expect(String(error)).toBe('null');
    expect(Reflect.get(Object(result), 'seen')).toStrictEqual(Reflect.get(Object(result), 'wanted'));
  });

  test('a large value goes there and back', async () => {
    const sent = {
      numbers: Array.from({ length: 50_000 }, (_, index) => index / 3),
      text: 'ä😀'.repeat(20_000),
    };
    const { result } = await run('result = input_data', sent, { maxResultKb: 4096 });
    expect(result).toStrictEqual(sent);
  });

  test('a result over its cap stays behind with a note', async () => {
    const { status, result, notes, resultRepr } = await run('result = "x" * 3000', {}, { maxResultKb: 2 });
    expect({ status, result, notes, repr: resultRepr?.slice(0, 5) }).toEqual({
      status: 'ok',
      result: undefined,
      notes: [
        'result: at least 3,000 bytes as JSON, more than the 2,048 that maxResultKb allows; its repr was kept',
      ],
      repr: "'xxxx",
    });
  });

  test('keys of an attacker are only keys', async () => {
    const { result } = await run('result = {"__proto__": {"polluted": 1}, "then": 2, "constructor": 3}');
    expect(Object.getOwnPropertyNames(result)).toEqual(['__proto__', 'then', 'constructor']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
}
