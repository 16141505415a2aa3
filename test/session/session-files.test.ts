import { describe, expect, test } from 'vitest';
import type { Session } from '../../src/index.js';
import { brief, useRunner, WARM_LEVELS } from './runners.js';

const text = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString();

describe.each(WARM_LEVELS)('at level %s', (level) => {
  const runner = useRunner({ isolation: { exactly: level }, diskLimitMb: 16 });
  const open = (): Promise<Session> => runner().session();

  test('list, read, write, remove', async () => {
    await using session = await open();
    await session.files.write('d/a.txt', 'one');
    await session.run("open('b', 'w').write(open('d/a.txt').read() + ' two') and None");
    await session.files.write('d/a.txt', 'three');
    expect((await session.files.list()).map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['b', 7],
      ['d/a.txt', 5],
    ]);
    expect(text(await session.files.read('b'))).toBe('one two');
    expect([await session.files.remove('b'), await session.files.remove('b')]).toEqual([true, false]);
    expect((await session.run("import os\nos.listdir('.')")).result).toEqual(['d']);
    await expect(session.files.read('../x')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test.each([
    ['a symlink', "os.symlink('/etc/passwd', 'x')", 'x'],
    ['a file beneath a symlink', "os.symlink('/etc', 'x')", 'x/passwd'],
    ['a FIFO', "os.mkfifo('x')", 'x'],
    ['a directory', "os.mkdir('x')", 'x'],
  ])('%s is not read, nor written through', async (_, make, name) => {
    await using session = await open();
    const step = await session.run(`import os\n${make}`);
    expect([step.status, [...step.files.keys()]]).toEqual(['ok', []]);
    expect(await session.files.read(name)).toBeUndefined();
    expect(await session.files.list()).toEqual([]);
    const written = await session.files.write(name, 'mine').then(
      () => 'written',
      (error: unknown) => error,
    );
    if (written === 'written') expect(text(await session.files.read(name))).toBe('mine');
    else expect(written).toMatchObject({ code: 'INVALID_INPUT' });
    expect(brief(await session.run('1'))).toEqual(['ok', 'alive', 1]);
  });

  test('files that change all the time are whole or left out with a reason', async () => {
    await using session = await open();
    const start = `
import threading, os
stop = False
def churn():
    n = 0
    while not stop:
        n += 1
        with open('churn', 'wb') as f: f.write(bytes([n % 256]) * (n * 7919 % 3_000_000))
        os.replace('churn', 'swap') if n % 3 == 0 else os.truncate('churn', n % 1000)
threading.Thread(target=churn, daemon=True).start()
`;
    await session.run(start);
    for (let round = 0; round < 15; round += 1) {
      const step = await session.run('1');
      expect([step.status, step.session]).toEqual(['ok', 'alive']);
      for (const [, { sizeBytes, bytes }] of step.files) expect(bytes?.length).toBe(sizeBytes);
      for (const { reason } of step.truncated.files)
        expect(['it changed while it was read', 'No such file or directory']).toContain(reason);
    }
    expect(brief(await session.run('stop = True\n2'))).toEqual(['ok', 'alive', 2]);
  });
});
