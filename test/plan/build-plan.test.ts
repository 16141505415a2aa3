import { describe, expect, test } from 'vitest';
import type { HostFacts } from '../../src/host/host-facts.js';
import { buildPlan } from '../../src/plan/build-plan.js';
import type { Plan } from '../../src/plan/plan.js';
import type { ResolvedPolicy } from '../../src/policy/resolved-policy.js';
import { base, facts, MEBIBYTE, noNamespaces, policy, preload, root } from './samples.js';

const plan = (changes: Partial<ResolvedPolicy> = {}, host: Partial<HostFacts> = {}): Plan =>
  buildPlan(policy(changes), facts(host), preload, base);

const cgroup = { version: 2, directories: { memory: '/g', pids: '/g' } } as const;
const kernelHost: Partial<HostFacts> = { namespaces: noNamespaces };

describe('the plan', () => {
  test('is JSON all the way down and does not depend on anything else', () => {
    const made = plan({ readablePaths: ['~'], extraGlobals: { RATE: 3 } });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(plan({ readablePaths: ['~'], extraGlobals: { RATE: 3 } })).toEqual(made);
  });

  test('starts the supervisor isolated, without site and without writing bytecode', () => {
    const { executable, argv, environment } = plan().supervisor;
    expect(executable).toBe('/usr/bin/python3.11');
    expect(argv.slice(0, -1)).toEqual(['-I', '-S', '-B', '-X', 'utf8', '-c']);
    expect(environment).toEqual({
      LC_ALL: 'C.UTF-8',
      OPENBLAS_NUM_THREADS: '1',
      OMP_NUM_THREADS: '1',
      MKL_NUM_THREADS: '1',
      NUMEXPR_NUM_THREADS: '1',
      VECLIB_MAXIMUM_THREADS: '1',
    });
  });

  test('at level full has namespaces, a root and an id map', () => {
    const { zygote } = plan();
    expect(zygote.namespaces).toEqual(['user', 'mount', 'net', 'ipc', 'uts', 'pid']);
    expect(zygote.root?.mounts.length).toBeGreaterThan(0);
    expect(zygote.idMap?.writer).toBe('self');
    expect(zygote.preload).toEqual(['math']);
  });

  test.each([
    [{ readablePaths: ['/tmp'] }, "readablePaths: '/tmp' holds the directories of other runs."],
    [
      { writablePaths: ['/tmp/pungi-1'] },
      "writablePaths: '/tmp/pungi-1' holds the directories of other runs.",
    ],
  ])('opens the directories of other runs at level full alone, which hides them: %o', (changes, message) => {
    expect(() => plan(changes, kernelHost)).toThrow(message);
    expect(plan(changes).level).toBe('full');
  });

  test('with network keeps the network of the host', () => {
    expect(plan({ allowNetwork: true }).zygote.namespaces).toEqual(['user', 'mount', 'ipc', 'uts', 'pid']);
  });

  test('at level kernel has the layers of a worker only', () => {
    const { level, zygote, worker } = plan({}, kernelHost);
    expect({ level, ...zygote, sysPath: [], preload: [] }).toEqual({
      level: 'kernel',
      namespaces: [],
      root: null,
      idMap: null,
      sysPath: [],
      prefix: '/usr',
      executable: '/usr/bin/python3.11',
      preload: [],
      cgroup: null,
    });
    expect(worker.landlock?.abi).toBe(7);
    expect(worker.seccomp).not.toBeNull();
  });

  test('at level process has neither Landlock nor seccomp nor proofs', () => {
    const { worker } = plan({ isolation: { rule: 'exactly', level: 'process' } });
    expect([worker.landlock, worker.seccomp, worker.proofs]).toEqual([null, null, []]);
  });

  test.each<[string, Partial<ResolvedPolicy>, Partial<HostFacts>, string[]]>([
    ['full', {}, {}, ['socket', 'exec']],
    ['full, with network', { allowNetwork: true }, {}, ['exec']],
    ['full, with commands', { allowSubprocess: true }, {}, ['socket']],
    ['kernel', {}, kernelHost, ['socket', 'fork', 'exec']],
    ['kernel, with commands', { allowSubprocess: true }, { ...kernelHost, cgroup }, ['socket']],
  ])('level %s proves what it refuses', (_level, changes, host, sometimes) => {
    const always = [
      'file',
      'signal',
      'namespace',
      'mount',
      'ptrace',
      'capabilities',
      'new-privileges',
      'rlimits',
      'workdir',
    ];
    expect([...plan(changes, host).worker.proofs].sort()).toEqual([...always, ...sometimes].sort());
  });

  test('tells the language layer what to explain', () => {
    const { language } = plan({
      blockedImports: ['os'],
      allowedImports: ['math'],
      writablePaths: ['out', '/data'],
      readablePaths: ['~/in'],
      extraGlobals: { RATE: 3 },
      allowNetwork: true,
      maxAstNodes: 7,
      maxResultBytes: 8,
    });
    expect(language).toEqual({
      blockedImports: ['os'],
      allowedImports: ['math'],
      blockedBuiltins: [],
      allowedBuiltins: null,
      blockedGlobals: [],
      allowedGlobals: null,
      maxDisplays: 32,
      maxDisplayBytes: 2 * MEBIBYTE,
      guard: null,
      banDefinitions: false,
      banDunders: false,
      bannedSyntax: {},
      maxAstNodes: 7,
      maxResultBytes: 8,
      resultFrom: 'either',
      recursionLimit: null,
      seed: null,
      clock: null,
      extraGlobals: '{"RATE":3}',
      network: true,
      subprocess: false,
      forks: true,
      writable: ['.', '/tmp', '/srv/app/out', '/data'],
      readable: ['/home/ada/in'],
      modesIgnored: false,
      record: false,
    });
  });

  test('has a /tmp of its own to write only at level full', () => {
    expect(plan({}, kernelHost).language.writable).toEqual(['.']);
    expect(plan().language.writable).toEqual(['.', '/tmp']);
  });

  test('tells the language layer of seed, clock and recursion', () => {
    const { language } = plan({
      deterministic: { seed: 7 },
      clock: { kind: 'frozen', epochMs: 5 },
      recursionLimit: 99,
      resultFrom: 'variable',
      blockedGlobals: ['a'],
      allowedGlobals: ['b'],
    });
    expect(language).toMatchObject({
      seed: 7,
      clock: { kind: 'frozen', epochMs: 5 },
      recursionLimit: 99,
      resultFrom: 'variable',
      blockedGlobals: ['a'],
      allowedGlobals: ['b'],
    });
  });

  test('sets the hash seed of the interpreter and of the Pythons that the program starts', () => {
    const { supervisor, worker } = plan({ deterministic: { seed: 7 } });
    expect(supervisor.argv.slice(0, -1)).toEqual(['-s', '-S', '-B', '-X', 'utf8', '-c']);
    expect(supervisor.argv.at(-1)).toMatch(/^import sys\nsys\.path\[:\] = /);
    expect(supervisor.environment['PYTHONHASHSEED']).toBe('7');
    expect(worker.environment).toMatchObject({ PYTHONHASHSEED: '7', TZ: 'UTC' });
    expect(plan().worker.environment).not.toHaveProperty('PYTHONHASHSEED');
    const own = plan({ deterministic: { seed: 7 }, env: { TZ: 'Europe/Rome' } });
    expect(own.worker.environment['TZ']).toBe('Europe/Rome');
  });

  test('tells whether changes of modes are ignored: where an id is shared with owners of files', () => {
    expect(plan({}, kernelHost).language.modesIgnored).toBe(true);
    expect(plan({}, { ...kernelHost, identity: root }).language.modesIgnored).toBe(false);
    expect(plan().language.modesIgnored).toBe(false);
  });

  test('lets a virtual environment look as one', () => {
    const { python } = facts();
    const { zygote } = plan({}, { python: { ...python, prefix: '/srv/venv' } });
    expect([zygote.prefix, zygote.executable]).toEqual(['/srv/venv', '/srv/venv/bin/python']);
  });

  test('tells the supervisor what to watch', () => {
    const limits = {
      cpuSeconds: 1,
      memoryBytes: 2,
      maxProcesses: 3,
      maxOutputBytes: 4,
      maxResultBytes: 5,
      maxFileBytes: 6,
      maxFiles: 7,
      maxDisplays: 9,
      maxDisplayBytes: 10,
      diskBytes: 8,
    };
    expect(plan(limits).limits).toEqual(limits);
  });
});

describe('allowSubprocess at level kernel', () => {
  const asked = { rule: 'exactly', level: 'kernel' } as const;

  test('needs a control group that can end the tree', () => {
    expect(() => plan({ allowSubprocess: true, isolation: asked })).toThrow(
      expect.objectContaining({
        code: 'SANDBOX_UNAVAILABLE',
        message:
          "allowSubprocess at isolation 'kernel' needs a way to end every process of a run: " +
          'no control group with the pids controller is writable.',
        hint:
          'Delegate a control group to this user (`systemd-run --user --scope -p Delegate=yes`), ' +
          "use a host that offers isolation 'full', or set allowSubprocess: false.",
      }),
    );
  });

  test('is given with one', () => {
    expect(plan({ allowSubprocess: true, isolation: asked }, { cgroup }).level).toBe('kernel');
  });

  test('is given at level full without one', () => {
    expect(plan({ allowSubprocess: true }).level).toBe('full');
  });
});
