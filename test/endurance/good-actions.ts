import { expect } from 'vitest';
import { runCode } from '../../src/index.js';
import type { Action } from './place.js';

const brief = ({
  status,
  result,
  stdout,
}: {
  status: string;
  result: unknown;
  stdout: string;
}): unknown[] => [status, result, stdout];

/** What ordinary callers do, each with an answer of its own. */
export const GOOD: readonly Action[] = [
  {
    name: 'a value there and back',
    weight: 30,
    async act({ runner, below }) {
      const x = below(1e9);
      const run = await runner.run("print(input_data['x'])\nresult = input_data['x'] + 1", { x });
      expect(brief(run)).toEqual(['ok', x + 1, `${x}\n`]);
    },
  },
  {
    name: 'modules of the standard library',
    weight: 10,
    async act({ runner, below }) {
      const n = below(1e6);
      const code =
        'import json, re, datetime, collections, hashlib\nresult = [json.loads(json.dumps({"n": input_data})), re.findall("[0-9]+", f"a{input_data}b"), collections.Counter("aab")["a"]]';
      const run = await runner.run(code, n);
      expect(brief(run)).toEqual(['ok', [{ n }, [String(n)], 2], '']);
    },
  },
  {
    name: 'files in and out, stdin, arguments',
    weight: 10,
    async act({ runner, below }) {
      const text = `text ${below(1e9)}`;
      const run = await runner.run(
        'import sys\nopen("out.txt", "w").write(open("in.txt").read().upper() + sys.stdin.read() + sys.argv[1])\nresult = len(sys.argv)',
        undefined,
        { files: { 'in.txt': text }, stdin: 'from stdin', argv: ['one'] },
      );
      expect(brief(run)).toEqual(['ok', 2, '']);
      const out = run.files.get('out.txt');
      expect(String(Buffer.from(out?.bytes ?? []))).toBe(`${text.toUpperCase()}from stdinone`);
    },
  },
  {
    name: 'an exception',
    weight: 5,
    async act({ runner, below }) {
      const key = `k${below(1e9)}`;
      const run = await runner.run('{}[input_data]', key);
      expect([run.status, String(run.error?.message)]).toEqual(['error', `'${key}'`]);
    },
  },
  {
    name: 'functions of the host',
    weight: 10,
    async act({ runner, below }) {
      const start = below(1e6);
      const add = async (a: unknown, b: unknown): Promise<number> => Number(a) + Number(b);
      const run = await runner.run('result = input_data\nfor i in range(5): result = add(result, i)', start, {
        functions: { add },
      });
      expect([...brief(run), run.calls.length]).toEqual(['ok', start + 10, '', 5]);
    },
  },
  {
    name: 'a display and a result of 200 kB',
    weight: 3,
    async act({ runner, below }) {
      const n = below(100);
      const run = await runner.run(
        'import pungi\npungi.display({"text/plain": "shown"})\nresult = [input_data] * 50000',
        n,
      );
      expect([run.status, run.displays.length, Array.isArray(run.result) && run.result.length]).toEqual([
        'ok',
        1,
        50_000,
      ]);
    },
  },
  {
    name: 'a hundred at once',
    weight: 1,
    async act({ runner }) {
      const runs = Array.from({ length: 100 }, (_, index) => runner.run('result = input_data * 3', index));
      expect((await Promise.all(runs)).map(brief)).toEqual(runs.map((_, index) => ['ok', index * 3, '']));
    },
  },
  {
    name: 'runCode, of the shared pool',
    weight: 10,
    async act({ level, below }) {
      const x = below(1e9);
      const policy = { isolation: { exactly: level }, timeoutSeconds: 20 } as const;
      expect(brief(await runCode('result = input_data + 1', x, policy))).toEqual(['ok', x + 1, '']);
    },
  },
  {
    name: 'runCode, oneshot',
    weight: 1,
    async act({ level, below }) {
      const x = below(1e9);
      const policy = { isolation: { exactly: level }, timeoutSeconds: 20 } as const;
      expect(brief(await runCode('result = input_data + 1', x, policy, { oneshot: true }))).toEqual([
        'ok',
        x + 1,
        '',
      ]);
    },
  },
];
