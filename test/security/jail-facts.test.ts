import { readFileSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, presets, type Runner } from '../../src/index.js';
import { ownCgroups, until } from '../engines/warm/fault-pool.js';
import { WARM_LEVELS } from '../engines/warm/levels.js';
import { findTree } from '../engines/warm/processes.js';

/** What a worker finds itself to be: nothing here is asked of what the harness says, only of the kernel. */
const LOOK = `
import ctypes, os, resource
libc = ctypes.CDLL(None)
def is_open(number):
    try:
        return os.fstat(number) is not None
    except OSError:
        return False
data = ctypes.create_string_buffer(24)
header = ctypes.create_string_buffer((0x20080522).to_bytes(4, 'little') + bytes(4))
assert libc.capget(header, data) == 0
result = {
    'capabilities': any(data.raw),
    'noNewPrivileges': libc.prctl(39, 0, 0, 0, 0),
    'ids': list(os.getresuid() + os.getresgid()),
    'groups': os.getgroups(),
    'environment': sorted(os.environ),
    'descriptors': [number for number in range(1024) if is_open(number)],
    'leadsSession': os.getsid(0) == os.getpid(),
    'init': os.getpid() == 1,
    'passwords': os.path.exists('/etc/passwd'),
    'limits': {name: resource.getrlimit(getattr(resource, 'RLIMIT_' + name))
               for name in ('DATA', 'FSIZE', 'NOFILE', 'CORE', 'MSGQUEUE', 'MEMLOCK')},
}
`;
const SECRET = 'PUNGI_TEST_SECRET';
const isRoot = process.getuid?.() === 0;

/** A Python that other ids may read too, so that root's workers can have one. */
const PYTHON = '/usr/bin/python3';
const MEMORY_MB = 200;

interface Seen {
  /** By the worker, of itself. */
  readonly inside: unknown;
  /** By the host, of the worker that waits for it. */
  readonly namespaces: readonly (readonly [worker: string, zygote: string, own: string])[];
  readonly oomScore: string;
  readonly groups: readonly string[];
}

async function look(runner: Runner): Promise<Seen> {
  await until(runner, ({ idle }) => idle === 1);
  const { zygote, workers } = findTree();
  const [worker = 0] = workers;
  const namespaces = ['user', 'mnt', 'pid'].map((name) => {
    const of = (pid: number): string => readlinkSync(`/proc/${pid}/ns/${name}`);
    return [of(worker), of(zygote), of(process.pid)] as const;
  });
  const oomScore = readFileSync(`/proc/${worker}/oom_score_adj`, 'utf8').trim();
  const groups = [zygote, worker].map((pid) => readFileSync(`/proc/${pid}/cgroup`, 'utf8'));
  const run = await runner.run(LOOK);
  expect(run.status, String(run.error)).toBe('ok');
  return { inside: run.result, namespaces, oomScore, groups };
}

describe.each(WARM_LEVELS)('at level %s', (level) => {
  const release: (() => Promise<void>)[] = [];
  let seen: Seen;

  beforeAll(async () => {
    process.env[SECRET] = 'of the host';
    const limits = { memoryLimitMb: MEMORY_MB, diskLimitMb: 1, maxOpenFiles: 99 };
    const policy = {
      ...presets.agent,
      ...limits,
      pythonExecutable: PYTHON,
      isolation: { exactly: level },
    } as const;
    const runner = await createRunner({ policy, warm: { size: 1 } });
    release.push(() => runner.close('kill'));
    seen = await look(runner);
  });
  afterAll(async () => {
    delete process.env[SECRET];
    for (const end of release) await end();
  });

  test('a worker has no right and no limit that was not ordered', () => {
    const bytes = MEMORY_MB * 1024 * 1024;
    expect(seen.inside).toMatchObject({
      capabilities: false,
      noNewPrivileges: 1,
      leadsSession: true,
      limits: {
        DATA: [bytes, bytes],
        FSIZE: [1024 * 1024, 1024 * 1024],
        NOFILE: [99, 99],
        CORE: [0, 0],
        MSGQUEUE: [0, 0],
        MEMLOCK: [0, 0],
      },
    });
  });

  test('a worker holds its streams and its line, and no variable of the host', () => {
    const environment = expect.not.arrayContaining([SECRET]);
    expect(seen.inside).toMatchObject({ descriptors: [0, 1, 2, 3], environment });
  });

  // At level kernel root keeps its id where others cannot enter the temporary directory, as that of a suite.
  test.skipIf(level !== 'full')('a worker is somebody without groups', () => {
    expect(seen.inside).toMatchObject({ ids: Array(6).fill(1000), groups: isRoot ? [] : expect.anything() });
  });

  test.skipIf(level !== 'full')('a worker is alone in a root and in namespaces of its own', () => {
    expect(seen.inside).toMatchObject({ init: true, passwords: false });
    for (const three of seen.namespaces) expect(new Set(three).size, three.join()).toBe(3);
    expect(seen.oomScore).toBe('1000');
  });

  test('zygote and worker are in the control group, where there is one', ({ skip }) => {
    if (ownCgroups().length === 0) return skip('no control group can be made here');
    for (const groups of seen.groups) expect(groups).toContain(`/pungi-${process.pid}-`);
  });
});
