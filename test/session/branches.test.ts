import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Checkpoint, Session } from '../../src/index.js';
import { useRunner, WARM_LEVELS } from './runners.js';

/** The levels with a gate. */
const LEVELS = WARM_LEVELS.filter((level) => level !== 'process');

describe.each(LEVELS)('at level %s', (level) => {
  const runner = useRunner({ isolation: { exactly: level } }, { maxSessions: 12 });
  const resultOf = async (session: Session, code: string): Promise<unknown> => {
    const { result, error } = await session.run(code);
    return error === null ? result : String(error);
  };

  test('a branch goes on with what the session had, and each is on its own', async () => {
    await using session = await runner().session();
    await session.run('import math, random\nx = [1]\ndef f(y): return math.sqrt(y)\nrandom.seed(7)');
    await using branch = await session.fork();
    await using twig = await branch.fork();
    await branch.run('x.append(2)');
    await twig.run('x.append(3); del f');
    const all = [session, branch, twig];
    expect(await Promise.all(all.map((each) => resultOf(each, 'x')))).toEqual([[1], [1, 2], [1, 3]]);
    expect(await resultOf(branch, 'f(16)')).toBe(4);
    expect(await resultOf(twig, 'f(16)')).toBe("NameError: name 'f' is not defined");
    const numbers = await Promise.all(all.map((each) => resultOf(each, 'random.random()')));
    expect(new Set(numbers).size).toBe(1);
  });

  test('the text of earlier steps, and the count of steps, go with it', async () => {
    await using session = await runner().session();
    await session.run('def fail():\n    return 1 / 0');
    await using branch = await session.fork();
    const { error } = await branch.run('fail()');
    expect(error?.traceback.split('\n').map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        'File "<step 2>", line 1, in <module>',
        'File "<step 1>", line 2, in fail',
        'return 1 / 0',
      ]),
    );
  });

  test('files and open files are copies', async () => {
    await using session = await runner().session();
    await session.run(`
import os, tempfile
os.makedirs('sub')
log = open('sub/log.txt', 'w+'); log.write('one,'); log.flush()
spare = tempfile.TemporaryFile('w+'); spare.write('spare'); spare.flush()
os.chdir('sub')`);
    await using branch = await session.fork();
    const step = await branch.run(`
log.write('two'); log.flush(); spare.write('!'); spare.flush(); spare.seek(0)
open('new.txt', 'w').close()
[open('log.txt').read(), spare.read(), os.path.exists(os.environ['HOME']), os.getcwd() == os.path.realpath('.')]`);
    expect(step.result).toEqual(['one,two', 'spare!', true, true]);
    expect([...step.files.keys()].sort()).toEqual(['sub/log.txt', 'sub/new.txt']);
    expect(
      await resultOf(session, "spare.seek(0); [open('log.txt').read(), spare.read(), os.listdir()]"),
    ).toEqual(['one,', 'spare', ['log.txt']]);
    expect((await branch.files.list()).map(({ name }) => name)).toEqual(['sub/log.txt', 'sub/new.txt']);
  });

  test('a new local module is found in the branch, and imports stay checked', async () => {
    await using session = await runner().session();
    await session.run("open('mine.py', 'w').write('value = 1')\nimport mine");
    await using branch = await session.fork();
    expect(
      await resultOf(
        branch,
        "open('other.py', 'w').write('value = 2')\nimport other\n[mine.value, other.value]",
      ),
    ).toEqual([1, 2]);
  });

  test.each([
    [
      'a thread',
      'import threading, time\nthreading.Thread(target=time.sleep, args=(30,), daemon=True).start()',
      'it has other threads',
    ],
    ['a pipe', 'import os\nends = os.pipe()', 'it has an open pipe (descriptor N)'],
    ['a socket', 'import socket\npair = socket.socketpair()', 'it has an open socket (descriptor N)'],
    [
      'an event queue',
      'import select\nqueue = select.epoll()',
      'it has a descriptor that cannot be copied (N)',
    ],
  ])('with %s it says why not, and goes on', async (_, code, reason) => {
    await using session = await runner().session();
    expect((await session.run(`${code}\nx = 1`)).status).toBe('ok');
    const error = await session.fork().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'PungiError',
      code: 'FORK_REFUSED',
      message: expect.stringMatching(
        new RegExp(
          `^The session cannot be forked: ${reason.replace(/[()]/g, '\\$&').replace('N', '\\d+')}\\.$`,
        ),
      ),
    });
    expect(await resultOf(session, 'x')).toBe(1);
  });

  test.runIf(level === 'full')('with a child process it says why not', async () => {
    await using session = await runner().session();
    await session.run(
      'import os, time\npid = os.fork()\nif pid == 0:\n    time.sleep(30)\n    os._exit(0)\nNone',
    );
    await expect(session.fork()).rejects.toThrow('The session cannot be forked: it has child processes.');
    await session.run('import signal\nos.kill(pid, 9); os.waitpid(pid, 0) and None');
    await using branch = await session.fork();
    expect(await resultOf(branch, 'os.fork is not None')).toBe(true);
  });

  test('the end of a session is not the end of its branches, nor the other way round', async () => {
    const session = await runner().session();
    await session.run('x = 5');
    const branch = await session.fork();
    const twig = await branch.fork();
    await session.close('kill');
    expect(await resultOf(branch, 'x')).toBe(5);
    await branch.run('import os\nos._exit(3)');
    await expect(branch.run('x')).rejects.toThrow(
      'The session has ended: its process ended with exit code 3.',
    );
    expect(await resultOf(twig, "open('a', 'w').write('still here')\nx")).toBe(5);
    await twig.close();
  });

  test('limits are those of each', async () => {
    await using session = await runner().session();
    await session.run('x = 1');
    await using branch = await session.fork();
    const endless = await branch.run('while True: pass', undefined, { timeoutSeconds: 0.2 });
    expect([endless.status, endless.session]).toEqual(['timeout', 'alive']);
    const hungry = await branch.run('a = []\nwhile True: a.append(bytes(1 << 24))');
    expect(hungry.status).toBe('memory_limit');
    expect(await resultOf(session, 'x')).toBe(1);
    expect(endless.usage.cpuMs).toBeGreaterThan(0);
  });

  test('forks of forks can be nested 15 deep, and the next says why not', async () => {
    let last = await runner().session();
    await last.run("trail = []\nopen('a', 'w').write('kept') and None");
    for (let depth = 1; depth <= 15; depth += 1) {
      const branch = await last.fork();
      await last.close('kill');
      last = branch;
      await last.run(`trail.append(${depth})`);
    }
    expect(await resultOf(last, "[len(trail), open('a').read()]")).toEqual([15, 'kept']);
    await expect(last.fork()).rejects.toThrow(
      'The session cannot be forked: it is a fork of forks already, as deep as Landlock lets them be nested.',
    );
    expect(await resultOf(last, 'trail[-1]')).toBe(15);
    await last.close('kill');
  });

  test('a checkpoint can be gone back to as often as wanted, also when the session is lost', async () => {
    await using session = await runner().session();
    await session.run("x = 1\nopen('a', 'w').write('1') and None");
    await using checkpoint = await session.checkpoint();
    for (const turn of [1, 2, 3]) {
      await session.run(`x += ${turn}\nopen('a', 'w').write('changed') and None`);
      await session.restore(checkpoint);
      expect(await resultOf(session, "[x, open('a').read()]")).toEqual([1, '1']);
    }
    await session.run('import os\nos._exit(1)');
    await session.restore(checkpoint);
    expect(await resultOf(session, 'x')).toBe(1);
  });

  test('what is no checkpoint of this runner is refused', async () => {
    await using session = await runner().session();
    const fake: Checkpoint = {
      close: () => Promise.resolve(),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
    await expect(session.restore(fake)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await using checkpoint = await session.checkpoint();
    await checkpoint.close();
    await expect(session.restore(checkpoint)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });

  test('branches count as sessions', async () => {
    const { sessions } = runner().info();
    const session = await runner().session();
    const branches: Session[] = [];
    for (let each = 1; each < 12; each += 1) branches.push(await session.fork());
    expect(runner().info().sessions).toBe(sessions + 12);
    await expect(session.fork()).rejects.toMatchObject({ code: 'SESSION_LIMIT' });
    await branches.pop()?.close('kill');
    const checkpoint = await session.checkpoint();
    // What a restored session has left may still be ending: it does not count.
    for (let turn = 1; turn <= 5; turn += 1) await session.restore(checkpoint);
    expect(runner().info().sessions).toBe(sessions + 12);
    await checkpoint.close();
    branches.push(await session.fork());
    await Promise.all([session, ...branches].map((each) => each.close('kill')));
    expect(runner().info().sessions).toBe(sessions);
  });

  describe('attacks', () => {
    /** The call by which a session makes a branch, made by user code. */
    const CLONE = `
import ctypes, os, platform
NUMBER = 56 if platform.machine() == 'x86_64' else 220
libc = ctypes.CDLL(None, use_errno=True)
def clone(flags=0x8011):
    pid = libc.syscall(NUMBER, flags, 0, 0, 0, 0)
    if pid == 0: os._exit(0)
    return pid, ctypes.get_errno()
`;

    test('the call that makes branches is refused when nobody ordered one', async () => {
      await using session = await runner().session();
      const step = await session.run(`${CLONE}[clone(), clone(0x8011), clone(0x8000), clone(0x10008011)]`);
      expect(step.result).toEqual([
        [-1, 11],
        [-1, 11],
        [-1, 1],
        [-1, 1],
      ]);
      await using branch = await session.fork();
      expect((await branch.run('clone()')).result).toEqual([-1, 11]);
    });

    test('a branch reaches neither the files nor the processes of its session', async () => {
      await using session = await runner().session();
      await session.run("open('secret', 'w').write('secret') and None");
      const there = await resultOf(session, 'import os\n[os.getcwd(), os.getpid()]');
      await using branch = await session.fork();
      await using sibling = await session.fork();
      const beside = await resultOf(sibling, '[os.getcwd(), os.getpid()]');
      const step = await branch.run(
        `
import os
def attempt(action):
    try: return action()
    except OSError as error: return type(error).__name__
seen = []
for place, pid in input_data['others']:
    for action in (
        lambda: open(place + '/secret').read(),
        lambda: os.listdir(place),
        lambda: os.listdir(os.path.dirname(place)),
        lambda: open(place + '/new', 'w'),
        lambda: os.chdir(place) or os.listdir('.'),
        lambda: os.kill(pid, 9),
        lambda: os.link(place + '/secret', 'stolen'),
        lambda: os.rename(place + '/secret', 'stolen'),
    ):
        seen.append(attempt(action))
seen`,
        { others: [there, beside] },
      );
      expect(new Set(Array.isArray(step.result) ? step.result : [])).toEqual(new Set(['PermissionError']));
      expect(await resultOf(session, "open('secret').read()")).toBe('secret');
    });

    /** The harness's way of forking, replaced as code that means harm could do by writing to its memory. */
    const REPLACED = (body: string): string => `
import gc, os
from types import FunctionType
${CLONE}
def replacement(self):
${body}
brancher = next(each for each in gc.get_objects() if type(each).__name__ == 'Forker')
type(brancher).fork = replacement
`;

    test('a session that takes its fork and sends nobody ends, and whoever it made', async () => {
      await using other = await runner().session();
      const session = await runner().session();
      await session.run(
        REPLACED(`
    import time
    pid = libc.syscall(NUMBER, 0x8011, 0, 0, 0, 0)
    if pid == 0:
        os.setsid()
        while True: time.sleep(1)
    return 1`),
      );
      await expect(session.fork()).rejects.toThrow('The session cannot be forked: it took too long.');
      await expect.poll(() => session.state, { timeout: 10_000 }).toBe('ended');
      expect(await resultOf(other, '1 + 1')).toBe(2);
    }, 30_000);

    /** The harness's way of answering an order to fork; `{fork}` forks, with `ds` the branch's descriptors. */
    const OBEYED = (body: string): string => `
import gc, os, socket, time
brancher = next(each for each in gc.get_objects() if type(each).__name__ == 'Brancher')
forker = next(each for each in gc.get_objects() if type(each).__name__ == 'Forker')
def frame(kind, payload): return (5 + len(payload)).to_bytes(4, 'big') + bytes([kind]) + bytes(4) + payload
HELLO, READY, FORKED, FAILED = 33, 16, 34, 25
def obey(self, line, payload, ds):
${body}
type(brancher).obey = obey
`;
    const FORKS = `
    pid = forker.fork()
    if pid:
        for d in ds: os.close(d)
        line.sendall(frame(FORKED, b''))
        return
    os.dup2(ds[0], 3)
    line.sendall(frame(HELLO, b''))`;

    test.each<[what: string, body: string]>([
      [
        'a directory of the host as its own',
        `${FORKS}
    socket.send_fds(line, [frame(READY, b'')], [os.open('/tmp', os.O_PATH | os.O_DIRECTORY)])
    time.sleep(30)`,
      ],
      [
        'a device as its own directory',
        `${FORKS}
    socket.send_fds(line, [frame(READY, b'')], [os.open('/dev/null', os.O_RDWR)] * 2)
    time.sleep(30)`,
      ],
      [
        'descriptors byte by byte',
        `${FORKS}
    for byte in frame(FAILED, b'x' * 2000): socket.send_fds(line, [bytes([byte])], [1])
    time.sleep(30)`,
      ],
      ['words of endless depth', `    line.sendall(frame(FORKED, b'[' * 4000))`],
      [
        'a failure of endless depth',
        `${FORKS}
    line.sendall(frame(FAILED, b'[' * 4000))`,
      ],
      [
        'files without end',
        `${FORKS}
    for number in range(200):
        with open(f'big{number}', 'wb') as file: file.truncate(60 << 20)
        os.utime(f'big{number}', (4e9, 4e9))
    line.sendall(frame(READY, b''))
    time.sleep(30)`,
      ],
      [
        'its own end behind its fork',
        `
    if forker.fork(): os._exit(0)
    os.dup2(ds[0], 3)
    line.sendall(frame(HELLO, b''))
    os._exit(0)`,
      ],
      [
        'no, after it has forked',
        `
    if forker.fork():
        line.sendall(frame(FORKED, b'no'))
        return
    for number in range(200):
        try: os.close(number)
        except OSError: pass
    while True: pass`,
      ],
    ])(
      'a session that answers with %s harms no other',
      async (_, body) => {
        await using other = await runner().session();
        await other.run("x = 41\nopen('own', 'w').write('own') and None");
        const session = await runner().session();
        await session.run(OBEYED(body));
        const branch = await session.fork().catch(() => null);
        const listed = branch === null ? [] : await branch.files.list().catch(() => []);
        expect(listed.filter(({ name }) => !name.startsWith('big'))).toEqual([]);
        expect(await resultOf(other, "[x + 1, open('own').read()]")).toEqual([42, 'own']);
        await branch?.close('kill');
        await session.close('kill');
        expect(await resultOf(other, 'x + 1')).toBe(42);
      },
      30_000,
    );

    test('a session that does not read its orders is refused, and no other is harmed', async () => {
      await using other = await runner().session();
      const session = await runner().session();
      await session
        .run(
          'import atexit, socket, time\nsocket.socket(fileno=3).shutdown(socket.SHUT_RD)\natexit.register(time.sleep, 3)',
        )
        .catch(() => undefined);
      await expect(session.fork()).rejects.toThrow();
      expect(await resultOf(other, '1 + 1')).toBe(2);
      await session.close('kill');
    });

    test('a session that ends right behind its fork ends no other', async () => {
      await using other = await runner().session();
      for (let turn = 0; turn < 15; turn += 1) {
        const session = await runner().session();
        const fork = session.fork().then(
          (branch) => branch.close('kill'),
          () => undefined,
        );
        await new Promise((resolve) => setTimeout(resolve, turn % 5));
        await session.close('kill');
        await fork;
      }
      expect(await resultOf(other, '1 + 1')).toBe(2);
    }, 60_000);

    test('a session cannot say hello in place of its branch', async () => {
      await using other = await runner().session();
      const session = await runner().session();
      await session.run(
        `${REPLACED(`
    hello = (5).to_bytes(4, 'big') + bytes([33]) + bytes(4)
    for number in range(4, 12):
        try: os.write(number, hello)
        except OSError: pass
    return 1`)}`,
      );
      await expect(session.fork()).rejects.toMatchObject({ code: 'FORK_REFUSED' });
      expect(await resultOf(other, '1 + 1')).toBe(2);
      await session.close('kill');
    }, 30_000);
  });

  test('nothing of a family is left behind', async () => {
    const session = await runner().session();
    const place = String(await resultOf(session, 'import os\nos.path.dirname(os.getcwd())'));
    const branch = await session.fork();
    await branch.run("open('big', 'wb').write(bytes(1 << 20)) and None");
    const entries = (): Promise<unknown> => resultOf(session, `sorted(os.listdir('${place}'))`);
    expect(await entries()).toEqual([expect.stringMatching(/^branch-/), 'shm', 'tmp', 'work']);
    await branch.close('kill');
    expect(await entries()).toEqual(['shm', 'tmp', 'work']);
    await session.close('kill');
    if (level === 'kernel') await expect.poll(() => existsSync(place), { timeout: 10_000 }).toBe(false);
  });
});
