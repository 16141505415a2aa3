import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type LearnGrants,
  type LearnOptions,
  learnPolicy,
  type RunnerPolicy,
  runCode,
} from '../../src/index.js';
import { levelsHere } from '../conformance/levels.js';
import { sciencePython } from '../conformance/science-python.js';

const place = realpathSync(mkdtempSync(join(tmpdir(), 'pungi-learn-')));
const at = (name: string): string => join(place, name);
const server = createServer((socket) => socket.end('hello'));
let port = 0;

beforeAll(async () => {
  for (const name of ['data/out', 'secret']) mkdirSync(at(name), { recursive: true });
  for (const name of ['data/a.csv', 'data/b.csv', 'secret/key']) writeFileSync(at(name), 'x\n1\n');
  // As root the worker is nobody.
  for (const name of ['', 'data', 'data/out']) chmodSync(at(name), 0o777);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(place, { recursive: true });
});

interface Row {
  readonly what: string;
  readonly code: () => string;
  readonly grants?: () => LearnGrants;
  readonly files?: LearnOptions['files'];
  readonly learnt: () => RunnerPolicy;
}

const { file: science, skip: lacksScience } = sciencePython(['numpy']);

const ROWS: readonly Row[] = [
  {
    what: 'a report on a table',
    code: () =>
      'import csv, statistics\nrows = list(csv.DictReader(open("data.csv")))\n' +
      'open("report.txt", "w").write(str(statistics.mean(float(row["x"]) for row in rows)))',
    files: { 'data.csv': 'x\n1\n2\n' },
    learnt: () => ({
      allowedImports: ['csv', 'statistics'],
      allowedBuiltins: ['float', 'list', 'open', 'str'],
    }),
  },
  {
    what: 'a module of its own',
    code: () => 'from own import half\nprint(half(3))',
    files: { 'own.py': 'import decimal\ndef half(x): return decimal.Decimal(x) / 2' },
    learnt: () => ({ allowedImports: ['decimal'], allowedBuiltins: ['print'] }),
  },
  {
    what: 'imports whose names are made while it runs',
    code: () => "import importlib\nimportlib.import_module('j' + 'son')\n__import__('frac' + 'tions')",
    learnt: () => ({ allowedImports: ['fractions', 'importlib'], allowedBuiltins: [] }),
  },
  {
    what: 'one file of a directory that was granted',
    code: () => `open(${JSON.stringify(at('data/a.csv'))}).read()`,
    grants: () => ({ readablePaths: [at('data')] }),
    learnt: () => ({ allowedImports: [], allowedBuiltins: ['open'], readablePaths: [at('data/a.csv')] }),
  },
  {
    what: 'a file that it makes',
    code: () => `open(${JSON.stringify(at('data/out/made'))}, 'w').close()`,
    grants: () => ({ writablePaths: [at('data')] }),
    learnt: () => ({ allowedImports: [], allowedBuiltins: ['open'], writablePaths: [at('data/out')] }),
  },
  {
    what: 'a program that it starts',
    code: () => "import subprocess\nsubprocess.run(['true'], check=True)",
    grants: () => ({ allowSubprocess: true, allowNetwork: false }),
    learnt: () => ({ allowedImports: ['subprocess'], allowedBuiltins: [], allowSubprocess: true }),
  },
  {
    what: 'what was granted and not used',
    code: () => 'x = 1',
    grants: () => ({ allowNetwork: true, allowSubprocess: true, readablePaths: [at('data')] }),
    learnt: () => ({ allowedImports: [], allowedBuiltins: [] }),
  },
];

const SCIENCE: Row = {
  what: 'numpy, which needs more memory than it shows',
  code: () => 'import numpy as np\nresult = float(np.linalg.inv(np.eye(50)).sum())',
  grants: () => ({ pythonExecutable: science }),
  learnt: () => ({ allowedImports: ['numpy'], allowedBuiltins: ['float'], pythonExecutable: science }),
};

const full = (await levelsHere()).find(({ level }) => level === 'full');

describe.skipIf(full === undefined || full.skip !== null)('learnPolicy', () => {
  async function check({ code, grants, files = {}, learnt }: Row): Promise<void> {
    const options = { files };
    const { policy, result, verification } = await learnPolicy(code(), {}, grants?.() ?? {}, options);
    expect([result.status, verification.state]).toEqual(['ok', 'passed']);
    if (policy === null) throw new Error('nothing was learnt');
    expect(reachOf(policy)).toEqual(learnt());
    // Minimal: without any one of its entries it does not pass.
    for (const [entry, narrower] of narrowerThan(policy)) {
      const { ok } = await runCode(code(), {}, narrower, { ...options, oneshot: true });
      expect([entry, ok]).toEqual([entry, false]);
    }
  }

  test.each(ROWS)('learns $what', check);

  test.skipIf(lacksScience !== null)(`learns ${SCIENCE.what}`, () => check(SCIENCE));

  test('learns that the network is used, once that is granted', async () => {
    const code = `import socket\nresult = socket.create_connection(('127.0.0.1', ${port})).recv(9).decode()`;
    const refused = await learnPolicy(code);
    expect([refused.result.status, refused.verification.state]).toEqual(['blocked', 'skipped']);
    expect(refused.policy).not.toHaveProperty('allowNetwork');
    expect(refused.needs.map(({ key, value }) => [key, value])).toContainEqual(['allowNetwork', true]);
    const { policy, used, verification } = await learnPolicy(code, {}, { allowNetwork: true });
    expect([policy?.allowNetwork, used.hosts, verification.result?.result]).toEqual([
      true,
      ['127.0.0.1', `127.0.0.1:${port}`],
      'hello',
    ]);
  });

  test('grants no file by itself, and says which one is needed', async () => {
    const code = `import os\nfor path in ('/etc/hostname', ${JSON.stringify(at('data/a.csv'))}):\n  try: open(path)\n  except OSError: pass`;
    const { policy, needs, verification } = await learnPolicy(code);
    expect(policy).not.toHaveProperty('readablePaths');
    expect(verification.state).toBe('passed');
    expect(needs.map(({ key, value }) => [key, value])).toEqual([
      ['readablePaths', '/etc/hostname'],
      ['readablePaths', at('data/a.csv')],
    ]);
  });

  test('a run that leaves a symlink to what it may not read does not get it in its policy', async () => {
    const link = JSON.stringify(at('data/link'));
    const code = `import os\nos.symlink(${JSON.stringify(at('secret/key'))}, ${link})\ntry: result = open(${link}).read()\nexcept OSError: pass\nos.unlink`;
    symlinkSync(at('secret/key'), at('data/before'));
    const { policy, result } = await learnPolicy(
      code,
      {},
      { writablePaths: [at('data')] },
      { verify: false },
    );
    expect([result.status, result.result]).toEqual(['ok', undefined]);
    expect([policy?.readablePaths, policy?.writablePaths]).toEqual([undefined, [at('data')]]);
  });

  test('limits have room, and no more than the watched run had', async () => {
    const code =
      'import threading\ngate = threading.Event()\nall = [threading.Thread(target=gate.wait) for _ in range(20)]\n' +
      'for each in all: each.start()\ngate.set()\nblock = bytearray(200 << 20)\nheld = [open("f", "w") for _ in range(100)]\n' +
      'held[0].write("x" * (20 << 20)); held[0].flush()\nprint("o" * 300_000)\nresult = "r" * 50_000';
    const { policy, verification } = await learnPolicy(code, {}, { memoryLimitMb: 450 });
    expect(verification.state).toBe('passed');
    expect(policy).toMatchObject({
      memoryLimitMb: 450,
      maxOpenFiles: 256,
      diskLimitMb: 64,
      maxOutputKb: 1024,
    });
    expect(policy).toMatchObject({ maxProcesses: 64, maxResultKb: 128 });
  });

  test.each<[code: string, grants: LearnGrants, status: string, policy: 'none' | 'some']>([
    ['x = (', {}, 'error', 'none'],
    ['while True: pass', { timeoutSeconds: 0.3 }, 'timeout', 'none'],
    ['import sys\nsys.exit(3)', {}, 'error', 'some'],
  ])('%j is told and not proved', async (code, grants, status, some) => {
    const { policy, result, verification } = await learnPolicy(code, {}, grants);
    expect([result.status, policy === null ? 'none' : 'some', verification.state]).toEqual([
      status,
      some,
      'skipped',
    ]);
  });
});

const REACH = ['allowedImports', 'allowedBuiltins', 'readablePaths', 'writablePaths'] as const;
const FLAGS = ['allowNetwork', 'allowSubprocess'] as const;

/** Without the limits, which have a table of their own. */
function reachOf(policy: RunnerPolicy): RunnerPolicy {
  const keys: readonly string[] = [...REACH, ...FLAGS, 'pythonExecutable'];
  return Object.fromEntries(Object.entries(policy).filter(([key]) => keys.includes(key)));
}

/** The policy without each of its entries in turn. */
function narrowerThan(policy: RunnerPolicy): readonly (readonly [entry: string, narrower: RunnerPolicy])[] {
  const lists = REACH.flatMap((key) => {
    const list = policy[key];
    if (!Array.isArray(list)) return [];
    return list.map(
      (entry) => [`${key} ${entry}`, { ...policy, [key]: list.filter((other) => other !== entry) }] as const,
    );
  });
  const flags = FLAGS.filter((key) => policy[key] === true);
  return [...lists, ...flags.map((key) => [key, { ...policy, [key]: false }] as const)];
}
