import type { RunnerPolicy, RunResult } from '../../../src/index.js';

export type Ask = (code: string, input?: unknown) => Promise<RunResult>;

/** A statement of `describe`, and a run that would come out otherwise if it were not true. */
export interface Proof {
  readonly of: RegExp;
  readonly prove: (found: RegExpExecArray, ask: Ask, policy: RunnerPolicy) => Promise<boolean>;
}

/** The names in backticks. */
function named(text: string | undefined): readonly string[] {
  return [...(text ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}

async function all(checks: readonly Promise<boolean>[]): Promise<boolean> {
  return (await Promise.all(checks)).every(Boolean);
}

const isBlocked = async (run: Promise<RunResult>): Promise<boolean> => (await run).status === 'blocked';
const gives = async (run: Promise<RunResult>, expected: unknown): Promise<boolean> =>
  JSON.stringify((await run).result) === JSON.stringify(expected);
const prints = async (run: Promise<RunResult>, text: string): Promise<boolean> => (await run).stdout === text;
const fails = async (run: Promise<RunResult>): Promise<boolean> => !(await run).ok;

export const PROOFS: readonly Proof[] = [
  {
    of: /^Programs are run by CPython (\S+), each in a new process: nothing is kept from one run to the next\.$/,
    prove: async ([, version], ask) =>
      all([
        gives(ask('import sys\nresult = sys.version.split()[0]'), version),
        ask('kept = 1; import builtins; builtins.kept = 1').then(() =>
          gives(ask('"kept" in globals()'), false),
        ),
      ]),
  },
  {
    of: /^Input data, if there is any, is in the variable `input_data`; its keys that are names without a leading underscore are variables, too\.$/,
    prove: (_found, ask) =>
      all([
        prints(ask('print(input_data["a"], a)', { a: 1, _b: 2 }), '1 1\n'),
        fails(ask('print(_b)', { a: 1, _b: 2 })),
      ]),
  },
  {
    of: /^Input data, if there is any, is in the variable `input_data`; of its keys (.+) are variables, too\.$/,
    prove: ([, names], ask) => {
      const [name = ''] = named(names);
      const input = { [name]: 1, q: 2 };
      return all([
        prints(ask(`print(${name}, input_data["q"])`, input), '1 2\n'),
        fails(ask('print(q)', input)),
      ]);
    },
  },
  {
    of: /^These variables are set: (.+)\.$/,
    prove: async ([, names], ask) =>
      gives(ask(`[n in globals() for n in ${JSON.stringify(named(names))}]`), [true]),
  },
  {
    of: /^The result of a program is the variable `result`, or the value of its last expression when `result` is not assigned\.$/,
    prove: (_found, ask) => all([gives(ask('result = 1\n2'), 1), gives(ask('2'), 2)]),
  },
  {
    of: /^The result of a program is the variable `result`; the value of a last expression is not returned\.$/,
    prove: (_found, ask) => all([gives(ask('result = 1\n2'), 1), gives(ask('2'), undefined)]),
  },
  {
    of: /^The result of a program is the value of its last expression; a variable `result` is not returned\.$/,
    prove: (_found, ask) => all([gives(ask('result = 1\n2'), 2), gives(ask('result = 1'), undefined)]),
  },
  {
    of: /^Only what a program prints and writes is returned: it has no other result\.$/,
    prove: (_found, ask) => gives(ask('result = 1\n2'), undefined),
  },
  {
    of: /^Every module that is installed can be imported\.$/,
    prove: async (_found, ask) => (await ask('import os, ctypes, socket, subprocess, importlib')).ok,
  },
  {
    of: /^Modules that are installed can be imported; these cannot be imported: (.+)\.$/,
    prove: ([, names], ask) =>
      all([
        ask('import json, math, shutil').then(({ ok }) => ok),
        ...named(names).flatMap((name) => [
          isBlocked(ask(`import ${name}`)),
          isBlocked(ask(`import ${name}.x`)),
        ]),
      ]),
  },
  {
    of: /^Only these modules can be imported: (.+)\.$/,
    prove: ([, names], ask) =>
      all([
        isBlocked(ask('import plistlib')),
        ...named(names).map(async (name) => {
          const { status, error } = await ask(`import ${name}`);
          // A list may name what is not installed here: that is no refusal.
          return status === 'ok' || error?.type === 'ModuleNotFoundError';
        }),
      ]),
  },
  {
    of: /^No module can be imported\.$/,
    prove: (_found, ask) => all([isBlocked(ask('import math')), isBlocked(ask('import sys'))]),
  },
  {
    of: /^Packages that are installed beside the standard library: (.+)\.$/,
    prove: ([, list], ask) => {
      const packages = (list ?? '')
        .replace(/, and \d+ more$/, '')
        .split(/, (?![^(]*\))/)
        .map((text) => /^(\S+) (\S+)(?: \(import ([^)]+)\))?$/.exec(text));
      const modules = packages.map((found) => found?.[3]?.split(', ')[0] ?? found?.[1] ?? '?');
      return all(
        modules.slice(0, 12).map(async (module) => {
          const { error } = await ask(`import ${module}`);
          return (
            error === null || error.type !== 'ModuleNotFoundError' || !error.message.includes(`'${module}'`)
          );
        }),
      );
    },
  },
  {
    of: /^No packages beside the standard library can be imported\.$/,
    prove: (_found, ask) => fails(ask('import numpy')),
  },
  {
    of: /^These builtins cannot be used: (.+)\.$/,
    prove: ([, names], ask) => all(named(names).map((name) => isBlocked(ask(`x = ${name}`)))),
  },
  {
    of: /^Only these builtins can be used, beside constants and exceptions: (.+)\.$/,
    prove: ([, names], ask) =>
      all([
        isBlocked(ask('eval("1")')),
        ask('x = (True, None, ValueError, Exception)').then(({ ok }) => ok),
        ...named(names).map(async (name) => {
          const { ok, error } = await ask(`x = ${name}`);
          return ok || error?.type === 'NameError';
        }),
      ]),
  },
  {
    of: /^Functions, classes and lambdas cannot be defined\.$/,
    prove: (_found, ask) =>
      all(['def f(): pass', 'class A: pass', 'x = lambda: 1'].map((code) => isBlocked(ask(code)))),
  },
  {
    of: /^Names with two underscores at both ends, such as `__class__`, cannot be used; methods such as `__init__` can be defined\.$/,
    prove: (_found, ask) =>
      all([
        isBlocked(ask('x = 1 .__class__')),
        isBlocked(ask('getattr(1, "__class__")')),
        ask('class A:\n    def __init__(self): self.x = 1\nA().x').then(({ result }) => result === 1),
      ]),
  },
  {
    of: /^Only functions and classes of the program itself, safe builtins and safe parts of the standard library can be called(?:, and these: (.+))?\.$/,
    prove: ([, names], ask) =>
      all([
        gives(ask('def f(): return len("ab")\nresult = f()'), 2),
        isBlocked(ask('import gc\ngc.collect()')),
        ...named(names).map(async (name) => {
          const [module, ...rest] = name.replace(/\.\*$/, '').split('.');
          const run = await ask(`import ${module}\nresult = callable(${[module, ...rest].join('.')})`);
          return run.ok;
        }),
      ]),
  },
  {
    of: /^These kinds of syntax \(as the module ast names them\) and calls are refused: (.+)\.$/,
    prove: ([, names], ask) => {
      const codes: Readonly<Record<string, string>> = { While: 'while 0: pass', 'sorted()': 'sorted("a")' };
      return all(named(names).map((name) => isBlocked(ask(codes[name] ?? 'x = 1'))));
    },
  },
  {
    of: /^A program may stand in a Markdown fence; only what is in the fence is run\.$/,
    prove: (_found, ask) => gives(ask('Words.\n```python\nresult = 5\n```\nWords.'), 5),
  },
  {
    of: /^Random numbers, hashes, identifiers and the order of directories are the same in every run\.$/,
    prove: async (_found, ask) => {
      const code =
        'import random, uuid, pathlib\nfor n in "cab": pathlib.Path(n).touch()\nresult = [random.random(), hash("a"), str(uuid.uuid4()), [str(p) for p in pathlib.Path().iterdir()]]';
      const [first, second] = [await ask(code), await ask(code)];
      return first.ok && first.resultRepr === second.resultRepr;
    },
  },
  {
    of: /^The clock stands still at (.+)\.$/,
    prove: ([, time], ask) =>
      gives(ask('import time\ntime.sleep(0.01)\nresult = round(time.time() * 1000)'), Date.parse(time ?? '')),
  },
  {
    of: /^The clock is ([\d.]+) s (ahead|behind)\.$/,
    prove: async ([, seconds, word], ask) => {
      const { result } = await ask('import time\nresult = time.time()');
      const offset = Number(result) - Date.now() / 1000;
      return Math.abs(offset - Number(seconds) * (word === 'behind' ? -1 : 1)) < 5;
    },
  },
  {
    of: /^Files can be written in the working directory(?:, | and )the directory of `tempfile`((?:, `[^`]+`)*(?: and `[^`]+`)?) and nowhere else; use relative paths\.$/,
    prove: ([, beside], ask) =>
      all([
        ask('open("a", "w").write("x")').then(({ ok }) => ok),
        ask('import tempfile\ntempfile.NamedTemporaryFile().write(b"x")').then(({ ok }) => ok),
        fails(ask('open("/etc/x", "w")')),
        ...named(beside).map((path) =>
          ask(`open(${JSON.stringify(`${path}/a`)}, "w").write("x")`).then(({ ok }) => ok),
        ),
      ]),
  },
  {
    of: /^These paths of the host can be read, but not written: (.+)\.$/,
    prove: ([, paths], ask) =>
      all(
        named(paths).flatMap((path) => [
          ask(`import pathlib\nlist(pathlib.Path(${JSON.stringify(path)}).iterdir())`).then(({ ok }) => ok),
          fails(ask(`open(${JSON.stringify(path)} + "/x", "w")`)),
        ]),
      ),
  },
  {
    of: /^There is no network: nothing can be downloaded\.$/,
    prove: (_found, ask) =>
      fails(ask('import urllib.request\nurllib.request.urlopen("http://127.0.0.1:9/")')),
  },
  {
    of: /^The network can be used\.$/,
    prove: async (_found, ask) =>
      (await ask('import socket\nsocket.socket(socket.AF_INET, socket.SOCK_STREAM)')).ok,
  },
  {
    of: /^No other programs can be started\.$/,
    prove: (_found, ask) => fails(ask('import os\nos.system("true") and 1 / 0')),
  },
  {
    of: /^Other programs can be started\.$/,
    prove: (_found, ask) => gives(ask('import subprocess\nsubprocess.run(["/bin/true"]).returncode'), 0),
  },
  {
    of: /^A run may last ([\d.]+) s and use (\d+) s of processor time\.$/,
    prove: async ([, seconds, cpu], ask, policy) => {
      const lasted = await ask('import time\ntime.sleep(30)');
      const isCpu = policy.cpuSeconds === Number(cpu);
      return (
        lasted.status === 'timeout' &&
        lasted.usage.wallMs >= Number(seconds) * 1000 &&
        lasted.usage.wallMs < Number(seconds) * 1000 + 5000 &&
        (!isCpu || (await ask('while True: pass')).status === 'cpu_limit')
      );
    },
  },
  {
    of: /^It may use (\d+) MB of memory\.$/,
    prove: async ([, megabytes], ask) =>
      (await ask(`x = b"x" * (${megabytes} << 20)`)).status === 'memory_limit' &&
      (await ask(`x = b"x" * (${megabytes} << 18)`)).ok,
  },
  {
    of: /^It may have at most (\d+) processes and threads at once, itself included, and (\d+) open files\.$/,
    prove: async ([, threads, files], ask) => {
      const start = (count: number): string =>
        `import threading, time\nt = [threading.Thread(target=time.sleep, args=(0.2,)) for _ in range(${count})]\n[x.start() for x in t]`;
      const open = (count: number): string => `f = [open("a", "w") for _ in range(${count})]`;
      return (
        (await fails(ask(start(Number(threads) + 2)))) &&
        (await ask(start(Number(threads) - 1))).ok &&
        (await fails(ask(open(Number(files))))) &&
        (await ask(open(Number(files) - 20))).ok
      );
    },
  },
  {
    of: /^Its files may hold (\d+) MB; at most (\d+) of those it leaves in the working directory are returned\.$/,
    prove: async ([, megabytes, files], ask) => {
      const full = await ask(`with open("a", "wb") as f: f.write(b"x" * (${megabytes} << 21))`);
      const many = await ask(`for n in range(${Number(files) + 3}): open(str(n), "w").close()`);
      return full.status === 'disk_limit' && many.files.size === Number(files);
    },
  },
  {
    of: /^Of stdout and stderr (\d+) KB each are kept, head and tail; the result may have (\d+) KB as JSON\.$/,
    prove: async ([, output, result], ask) => {
      const printed = await ask(`print("x" * (${output} * 1024 + 10), end="")`);
      const returned = await ask(`"x" * (${result} * 1024)`);
      return (
        printed.truncated.stdout?.omittedBytes === 10 &&
        returned.result === undefined &&
        (await ask(`"x" * (${result} * 1024 - 2)`)).result !== undefined
      );
    },
  },
  {
    of: /^The code may have (\d+) bytes and (\d+) syntax nodes\.$/,
    prove: async ([, bytes, nodes], ask) => {
      const long = await ask('#'.repeat(Number(bytes) + 1)).catch(() => null);
      const fits = await ask(`${'#'.repeat(Number(bytes) - 2)}\n1`);
      return long === null && fits.ok && (await isBlocked(ask('1\n'.repeat(Number(nodes) / 2 + 1))));
    },
  },
  {
    of: /^Calls may nest (\d+) deep\.$/,
    prove: async ([, depth], ask) => {
      const nest = (count: number): string => `def f(n): return n and f(n - 1)\nf(${count})`;
      return (await fails(ask(nest(Number(depth))))) && (await ask(nest(Number(depth) - 20))).ok;
    },
  },
];
