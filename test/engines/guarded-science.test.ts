import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, type Runner, type RunnerPolicy } from '../../src/index.js';
import { sciencePython } from '../conformance/science-python.js';

const { file, skip } = sciencePython();

/** As somebody would write it who lets a model look at tables. */
const ALLOW: RunnerPolicy['allow'] = [
  ...['array', 'arange', 'zeros', 'mean', 'sqrt', 'where', 'float64'].map((name) => `numpy.${name}`),
  'numpy.linalg.solve',
  'numpy.random.default_rng',
  { 'numpy.random.Generator': ['normal'] },
  { 'numpy.ndarray': ['sum', 'mean', 'reshape', 'tolist', 'astype'] },
  ...['Series', 'read_csv', 'concat', 'merge', 'to_datetime', 'date_range'].map((name) => `pandas.${name}`),
  {
    'pandas.DataFrame': [
      ...['head', 'describe', 'groupby', 'sort_values', 'to_dict', 'pivot_table', 'fillna', 'apply'],
      ...['reset_index', 'sum', 'query', 'assign', 'iterrows', 'drop_duplicates', 'rename'],
      ['to_csv', { kind: 'argPath', pos: 0, kw: 'path_or_buf' }],
    ],
  },
  { 'pandas.Series': ['sum', 'mean', 'map', 'apply', 'value_counts', 'tolist', 'to_dict', 'rolling'] },
];
const IMPORTS = 'import numpy as np\nimport pandas as pd\n';
const FRAME = `${IMPORTS}df = pd.DataFrame({'k': ['a', 'b', 'a'], 'v': [1, 2, 3.5]})\n`;

const PROGRAMS: readonly (readonly [code: string, result: unknown])[] = [
  ['int(np.array([1, 2, 3]).sum())', 6],
  ['np.arange(6).reshape(2, 3).sum(axis=0).tolist()', [3, 5, 7]],
  ['np.sqrt(np.array([4.0, 9.0])).tolist()', [2, 3]],
  ['np.where(np.arange(4) > 1, 1, 0).tolist()', [0, 0, 1, 1]],
  ['np.linalg.solve(np.array([[2.0, 0], [0, 4.0]]), np.array([2.0, 4.0])).tolist()', [1, 1]],
  ['len(np.random.default_rng(1).normal(size=5))', 5],
  ["str(np.zeros(3).astype('int64').dtype)", 'int64'],
  ['float(np.float64(np.mean([1, 2, 3])))', 2],
  ["float(df['v'].sum())", 6.5],
  ["float(df.describe().loc['mean', 'v']) > 2", true],
  ["import io\npd.read_csv(io.StringIO('a,b\\n1,2')).to_dict('records')", [{ a: 1, b: 2 }]],
  ["len(pd.merge(df, df, on='k'))", 5],
  ["df.sort_values('v', ascending=False).head(1)['v'].tolist()", [3.5]],
  ["df['v'].apply(lambda x: x * 2).tolist()", [2, 4, 7]],
  ["df.pivot_table(index='k', values='v', aggfunc='sum').reset_index()['v'].tolist()", [4.5, 2]],
  ["pd.to_datetime('2026-01-02').year + len(pd.date_range('2026-01-01', periods=3))", 2029],
  ["df['k'].value_counts().to_dict()", { a: 2, b: 1 }],
  ["df.loc[df['v'] > 1, 'k'].tolist() + df.iloc[0].tolist()[:1]", ['b', 'a', 'a']],
  ["pd.concat([df, df]).drop_duplicates().assign(w=lambda d: d.v * 2)['w'].tolist()", [2, 4, 7]],
  ["df.to_csv('out.csv', index=False)\nopen('out.csv').read(3)", 'k,v'],
  ["df.query('v > 1').rename(columns={'v': 'w'}).to_dict('list')", { k: ['b', 'a'], w: [2, 3.5] }],
  ["(df['v'] * 2 + 1).tolist() + [row['k'] for _, row in df.iterrows()]", [3, 5, 8, 'a', 'b', 'a']],
];

/** Refused, each by the name that is to be added; then allowed by it alone. */
const REFUSED: readonly (readonly [code: string, name: string])[] = [
  ["np.save('x', np.array([1]))", 'numpy.save'],
  ["np.array([1]).tofile('x')", 'numpy.ndarray.tofile'],
  ["df.to_pickle('x')", 'pandas.DataFrame.to_pickle'],
  ["pd.eval('1 + 1')", 'pandas.eval'],
  ["df['k'].str.upper()", 'pandas.core.strings.StringMethods.upper'],
  ["df.groupby('k')['v'].sum()", 'pandas.core.groupby.GroupBy.sum'],
  ["df['v'].rolling(2).mean()", 'pandas.core.window.Rolling.mean'],
];

function runnerOf(policy: RunnerPolicy): Promise<Runner> {
  return createRunner({
    policy: { pythonExecutable: file, memoryLimitMb: 1024, timeoutSeconds: 30, ...policy },
    warm: { size: 1, preload: ['pandas'] },
  });
}

describe.skipIf(skip !== null)(
  `guarded mode with numpy and pandas${skip === null ? '' : ` (skipped: ${skip})`}`,
  () => {
    const held: { runner: Runner | null } = { runner: null };
    beforeAll(async () => {
      held.runner = await runnerOf({ allow: [...ALLOW, 'pandas.DataFrame'] });
    });
    afterAll(() => held.runner?.close());

    test.each(PROGRAMS)('%s', async (code, result) => {
      const run = await held.runner?.run(FRAME + code);
      expect([run?.error?.message, run?.result]).toEqual([undefined, result]);
    });

    test.each(REFUSED)('%s is refused by the name that is to be added', async (code, name) => {
      const run = await held.runner?.run(FRAME + code);
      expect([run?.status, run?.error?.message]).toEqual([
        'blocked',
        `Call of '${name}' is not allowed by policy (line 4). Add '${name}' to allow.`,
      ]);
    });

    test('a path outside of what may be written is refused', async () => {
      const run = await held.runner?.run(`${FRAME}df.to_csv('/etc/x.csv')`);
      expect([run?.status, run?.error?.message]).toEqual([
        'blocked',
        "Writing '/etc/x.csv' is not allowed; writable: ('.', '/tmp')",
      ]);
    });

    test('what the hints name is all that lacked', async () => {
      const runner = await runnerOf({
        allow: [...ALLOW, 'pandas.DataFrame', ...REFUSED.map(([, name]) => name)],
      });
      try {
        for (const [code] of REFUSED) {
          const run = await runner.run(FRAME + code);
          expect([code, run.error?.message, run.ok]).toEqual([code, undefined, true]);
        }
      } finally {
        await runner.close();
      }
    });
  },
);

test.skipIf(skip !== null)(
  'what C code of numpy imports for itself is not held against the code',
  async () => {
    const runner = await runnerOf({});
    const run = await runner.run(
      "import numpy as np\nnp.array([7]).tofile('x')\nint(np.fromfile('x', dtype=int)[0])",
    );
    await runner.close();
    expect([run.error?.message, run.result]).toEqual([undefined, 7]);
  },
);
