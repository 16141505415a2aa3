import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { makeRunCgroup } from '../../src/spawn/run-cgroup.js';

const MIB = 1024 * 1024;
const NAME = `pungi-test-${process.pid}`;
const OWN_BYTES = 32 * MIB;

describe('groups of the kernel', () => {
  const found = writableGroups();
  const reason = found === null ? ' (skipped: no control group is writable here)' : '';
  const bases = found?.directories ?? { memory: '', pids: '' };
  const version = found?.version ?? 1;
  const orders = { version, directories: bases, memoryBytes: 64 * MIB, processes: 16, ownTasks: 2 };

  test.skipIf(found === null)(`have their limits and are removed${reason}`, async () => {
    const group = await makeRunCgroup(orders, NAME, 3);
    try {
      const { memory, pids } = bases;
      expect(group.directories).toEqual({ memory: `${memory}/${NAME}`, pids: `${pids}/${NAME}` });
      const memoryFile = version === 2 ? 'memory.max' : 'memory.limit_in_bytes';
      expect(readFileSync(`${memory}/${NAME}/${memoryFile}`, 'utf8')).toBe(`${3 * 64 * MIB + OWN_BYTES}\n`);
      expect(readFileSync(`${pids}/${NAME}/pids.max`, 'utf8')).toBe(`${3 * 16 + 2}\n`);
    } finally {
      await group.remove();
    }
    expect(Object.values(group.directories).filter(existsSync)).toEqual([]);
    await group.remove();
  });

  test.skipIf(found === null)(`a name that is taken fails and is left in place${reason}`, async () => {
    const group = await makeRunCgroup(orders, NAME, 1);
    const error: unknown = await makeRunCgroup(orders, NAME, 1).catch((caught: unknown) => caught);
    const kept = Object.values(group.directories).filter(existsSync);
    await group.remove();
    expect(error).toMatchObject({ code: 'SANDBOX_FAILED', cause: { code: 'EEXIST' } });
    expect(kept).toEqual(Object.values(group.directories));
  });
});

describe('directories that are no control groups', () => {
  let base = '';
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'run-cgroup-'));
  });
  afterEach(() => {
    rmSync(base, { recursive: true, force: true });
  });
  const orders = (directories: { memory?: string; pids?: string }) => ({
    version: 2 as const,
    directories,
    memoryBytes: 64 * MIB,
    processes: 16,
    ownTasks: 1,
  });

  test('one directory serves both controllers of version 2', async () => {
    const group = await makeRunCgroup(orders({ memory: base, pids: base }), NAME, 2);
    const path = join(base, NAME);
    expect(group.directories).toEqual({ memory: path, pids: path });
    expect(readFileSync(join(path, 'memory.max'), 'utf8')).toBe(String(2 * 64 * MIB + OWN_BYTES));
    expect(readFileSync(join(path, 'pids.max'), 'utf8')).toBe('33');
  });

  test('a controller that is not there has no limit', async () => {
    const group = await makeRunCgroup(orders({ pids: base }), NAME, 1);
    expect(group.directories).toEqual({ pids: join(base, NAME) });
    expect(existsSync(join(base, NAME, 'memory.max'))).toBe(false);
  });

  test('a base that is not there is a failure of the layer, and what was made is gone', async () => {
    const absent = join(base, 'absent');
    const error: unknown = await makeRunCgroup(orders({ memory: base, pids: absent }), NAME, 1).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(PungiError);
    expect(error).toMatchObject({
      code: 'SANDBOX_FAILED',
      message:
        "The layer 'cgroup' of the sandbox failed: ENOENT: no such file or directory, " +
        `mkdir '${join(absent, NAME)}'. No user code ran.`,
      details: { layer: 'cgroup' },
      hint: 'Give this process a control group that it may fill, or none.',
    });
    expect(existsSync(join(base, NAME))).toBe(false);
  });

  test('a group that cannot be removed is told', async () => {
    const group = await makeRunCgroup(orders({ pids: base }), NAME, 1);
    writeFileSync(join(base, NAME, 'more'), '');
    await expect(group.remove()).rejects.toMatchObject({
      code: 'SANDBOX_FAILED',
      cause: { code: 'ENOTEMPTY' },
    });
  });
});

/** Bases in which groups can be made: those of version 1, or of version 2 where both controllers are handed down. */
function writableGroups() {
  const candidates = [
    { version: 1 as const, directories: { memory: '/sys/fs/cgroup/memory', pids: '/sys/fs/cgroup/pids' } },
    { version: 2 as const, directories: { memory: '/sys/fs/cgroup', pids: '/sys/fs/cgroup' } },
  ];
  return candidates.find(({ version, directories }) => canMake(version, directories)) ?? null;
}

function canMake(version: 1 | 2, directories: { memory: string; pids: string }): boolean {
  try {
    return [
      [directories.memory, version === 2 ? 'memory.max' : 'memory.limit_in_bytes'],
      [directories.pids, 'pids.max'],
    ].every(([base = '', file = '']) => {
      const path = join(base, `${NAME}-probe`);
      mkdirSync(path);
      try {
        return existsSync(join(path, file));
      } finally {
        rmdirSync(path);
      }
    });
  } catch {
    return false;
  }
}
