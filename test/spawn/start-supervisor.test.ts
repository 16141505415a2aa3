import { afterEach, describe, expect, test, vi } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { FRAME } from '../../src/protocol/frame-kinds.js';
import type { Frame } from '../../src/protocol/frames.js';
import { type SupervisorProcess, startSupervisor } from '../../src/spawn/start-supervisor.js';
import { isSettled } from '../supervise/samples.js';

const MIB = 1024 * 1024;
const RUN = 3;

/** Reads the harness and has two words: `take` a frame from node, `give` one to it. */
const PRELUDE = `
import os, sys, time
def read(size):
    block = b''
    while len(block) < size:
        piece = os.read(3, size - len(block))
        if not piece:
            raise EOFError
        block += piece
    return block
def take():
    length = int.from_bytes(read(4), 'big')
    data = read(length)
    return data[0], int.from_bytes(data[1:5], 'big'), data[5:]
def write(data):
    view = memoryview(data)
    while view:
        view = view[os.write(3, view):]
def give(kind, run, payload):
    write((5 + len(payload)).to_bytes(4, 'big') + bytes([kind]) + run.to_bytes(4, 'big') + payload)
harness = read(int.from_bytes(read(4), 'big'))
`;

const started: SupervisorProcess[] = [];

afterEach(async () => {
  for (const supervisor of started.splice(0)) {
    supervisor.kill();
    await supervisor.exited;
  }
});

function start(script: string, harness: Uint8Array = Buffer.from('the harness')): SupervisorProcess {
  const argv = ['-I', '-S', '-c', PRELUDE + script];
  const command = { executable: '/usr/bin/python3', argv, environment: { ONLY: 'this' } };
  const supervisor = startSupervisor(command, harness);
  started.push(supervisor);
  return supervisor;
}

/** Every frame until the process is gone. */
async function framesOf(supervisor: SupervisorProcess): Promise<readonly [number, number, string][]> {
  const frames: [number, number, string][] = [];
  supervisor.listen(({ kind, run, payload }) => {
    frames.push([kind, run, Buffer.from(payload).toString('latin1')]);
    return null;
  });
  await supervisor.exited;
  return frames;
}

describe('start', () => {
  test('the harness comes first, then the frames in order', async () => {
    const supervisor = start(`
give(${FRAME.stdout}, 1, harness)
for _ in range(3):
    kind, run, payload = take()
    give(${FRAME.stderr}, run, bytes([kind]) + payload)
`);
    void supervisor.send(FRAME.plan, 0, Buffer.from('plan'));
    void supervisor.send(FRAME.job, 0xffff_ffff, new Uint8Array(0));
    void supervisor.send(FRAME.stop, RUN, Buffer.from('stop'));
    expect(await framesOf(supervisor)).toEqual([
      [FRAME.stdout, 1, 'the harness'],
      [FRAME.stderr, 0, '\x01plan'],
      [FRAME.stderr, 0xffff_ffff, '\x02'],
      [FRAME.stderr, RUN, '\x06stop'],
    ]);
    expect(await supervisor.exited).toEqual({ exitCode: 0, signal: null, stderr: '', fault: null });
  });

  test('a large harness arrives whole', async () => {
    const supervisor = start(
      `import hashlib\ngive(${FRAME.stdout}, 1, b'%d %d' % (len(harness), sum(harness)))`,
      new Uint8Array(5 * MIB).fill(2),
    );
    expect(await framesOf(supervisor)).toEqual([[FRAME.stdout, 1, `${5 * MIB} ${10 * MIB}`]]);
  });

  test('it gets the ordered environment and no descriptor but its own', async () => {
    const supervisor = start(`
present = [str(number) for number in range(64) if os.path.exists('/proc/self/fd/%d' % number)]
given = sorted(name for name in os.environ if name != 'LC_CTYPE')
give(${FRAME.stdout}, 0, ' '.join(given + present + [os.readlink('/proc/self/fd/0')]).encode())
`);
    expect(await framesOf(supervisor)).toEqual([[FRAME.stdout, 0, 'ONLY 0 1 2 3 /dev/null']]);
  });

  test('an interpreter that is not there', () => {
    const command = { executable: '/nonexistent/python', argv: [], environment: {} };
    expect(() => startSupervisor(command, new Uint8Array(0))).toThrow(
      new PungiError('START_FAILED', "The Python interpreter '/nonexistent/python' could not be started.", {
        details: { executable: '/nonexistent/python' },
      }),
    );
  });
});

describe('frames', () => {
  test('a promise of the listener holds back those that come after', async () => {
    const supervisor = start(`
write(b''.join(b'\\0\\0\\0\\x06' + bytes([${FRAME.stdout}]) + bytes([0, 0, 0, 1]) + bytes([n]) for n in range(3)))
take()
`);
    const seen: number[] = [];
    const opened: (() => void)[] = [];
    supervisor.listen(({ payload }: Frame) => {
      seen.push(payload[0] ?? -1);
      return new Promise((resolve) => opened.push(resolve));
    });
    for (const expected of [[0], [0, 1], [0, 1, 2]]) {
      await vi.waitFor(() => expect(seen).toEqual(expected), 5000);
      await isSettled(Promise.resolve());
      expect(seen).toEqual(expected);
      opened.at(-1)?.();
    }
    supervisor.close();
    expect((await supervisor.exited).exitCode).toBe(1);
  });

  test.each([
    [
      'of an unknown kind',
      String.raw`write(b'\0\0\0\x05\x63\0\0\0\1')`,
      'frame of kind 99, which is not expected here',
    ],
    [
      'of a kind that only node sends',
      `give(${FRAME.plan}, 0, b'{}')`,
      'frame of kind 1, which is not expected here',
    ],
    [
      'longer than its cap',
      String.raw`write(b'\xff\xff\xff\xff\x12\0\0\0\1')`,
      'frame of kind 18 with 4294967290 bytes: the most is 1048576',
    ],
    ['that is too short', String.raw`write(b'\0\0\0\4\x12\0\0\0')`, 'frame of length 4: the least is 5'],
  ])('one %s ends the supervisor', async (_name, script, fault) => {
    const supervisor = start(`${script}\ntime.sleep(60)`);
    expect(await framesOf(supervisor)).toEqual([]);
    expect(await supervisor.exited).toEqual({ exitCode: null, signal: 'SIGKILL', stderr: '', fault });
  });

  test.each([
    [
      'throws',
      (): null => {
        throw new Error('unreadable');
      },
    ],
    ['rejects', (): Promise<void> => Promise.reject(new Error('unreadable'))],
  ])('a listener that %s ends the supervisor', async (_name, listener) => {
    const supervisor = start(`give(${FRAME.stdout}, 1, b'x')\ntime.sleep(60)`);
    supervisor.listen(listener);
    expect((await supervisor.exited).signal).toBe('SIGKILL');
  });
});

describe('send', () => {
  test('waits for room, and goes on when there is some', async () => {
    const supervisor = start(`
while not os.path.exists('/proc/self/fd/3'): pass
kind, run, payload = take()
assert take()[2] == b'go'
size = len(payload)
for _ in range(16):
    size += len(take()[2])
give(${FRAME.stdout}, 1, b'%d' % size)
`);
    const frames = framesOf(supervisor);
    await supervisor.send(FRAME.file, RUN, new Uint8Array(1));
    process.kill(supervisor.pid, 'SIGSTOP');
    void supervisor.send(FRAME.file, RUN, Buffer.from('go'));
    const sendings = Array.from({ length: 16 }, () => supervisor.send(FRAME.file, RUN, new Uint8Array(MIB)));
    expect(await isSettled(Promise.all(sendings))).toBe(false);
    process.kill(supervisor.pid, 'SIGCONT');
    await Promise.all(sendings);
    expect(await frames).toEqual([[FRAME.stdout, 1, String(16 * MIB + 1)]]);
  });

  test('resolves when the process ends instead of reading, and after its end', async () => {
    const supervisor = start('os._exit(3)');
    await Promise.all(Array.from({ length: 8 }, () => supervisor.send(FRAME.file, RUN, new Uint8Array(MIB))));
    expect(await supervisor.exited).toEqual({ exitCode: 3, signal: null, stderr: '', fault: null });
    expect(await supervisor.send(FRAME.stop, RUN, Buffer.from('late'))).toBe(undefined);
  });
});

describe('the end', () => {
  test('close is an end of file after what was sent', async () => {
    const supervisor = start(`
assert take()[2] == b'last'
try:
    take()
except EOFError:
    give(${FRAME.stdout}, 1, b'cleaned up')
`);
    const frames = framesOf(supervisor);
    void supervisor.send(FRAME.stop, RUN, Buffer.from('last'));
    supervisor.close();
    expect(await frames).toEqual([[FRAME.stdout, 1, 'cleaned up']]);
  });

  test.each([
    ['an exit code', 'os._exit(70)', { exitCode: 70, signal: null, stderr: '', fault: null }],
    ['a signal', 'os.kill(os.getpid(), 11)', { exitCode: null, signal: 'SIGSEGV', stderr: '', fault: null }],
    [
      'last words',
      "os.write(2, b'first\\nlast\\n'); os._exit(1)",
      { exitCode: 1, signal: null, stderr: 'first\nlast', fault: null },
    ],
    [
      'a flood of words, of which the last stay',
      "os.write(2, b'x' * 40000 + b'end'); os._exit(1)",
      { exitCode: 1, signal: null, stderr: `${'x'.repeat(16 * 1024 - 3)}end`, fault: null },
    ],
  ])('with %s', async (_name, script, exit) => {
    expect(await start(script).exited).toEqual(exit);
  });
});
