import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { useRunner, WARM_LEVELS } from './runners.js';

/** Writes frames past the harness on the worker's own line, as native code could. */
const FORGE = `
import os
def send(kind, payload, run=0):
    body = bytes([kind]) + run.to_bytes(4, 'big') + payload
    os.write(3, len(body).to_bytes(4, 'big') + body)
OUTCOME = b'{"ending":"ok","result":"forged","hasResult":true,"resultRepr":null,"notes":[],"error":null,"exitCode":0,"denials":[]}'
`;

const LATER = 'import threading, time\n';

describe.each(WARM_LEVELS)('at level %s', (level) => {
  const runner = useRunner({ isolation: { exactly: level }, timeoutSeconds: 2, maxOutputKb: 16 });

  /** The attacker may spoil its own session. The other one, which was there before, must not see any of it. */
  test.each([
    ['an outcome of its own', `${FORGE}send(20, OUTCOME)\nwhile True: pass`],
    ['two outcomes', `${FORGE}send(20, OUTCOME); send(20, OUTCOME)`],
    ['an outcome that is no JSON', `${FORGE}send(20, b'{')\nwhile True: pass`],
    ['an unknown frame', `${FORGE}send(99, b'x')\nwhile True: pass`],
    ['a frame of node', `${FORGE}send(7, b'{}', 2)\nwhile True: pass`],
    [
      'frames with the numbers of others',
      `${FORGE}send(20, OUTCOME, 1); send(27, b'{}', 2); send(29, b'{}', 2)`,
    ],
    ['half a frame', `import os\nos.write(3, b'\\0\\0\\1\\0\\x14')\nos.close(3)`],
    ['frames between steps', `${FORGE}${LATER}threading.Timer(0.05, send, (20, OUTCOME)).start()`],
    ['displays between steps', `${FORGE}${LATER}threading.Timer(0.05, send, (21, b'{}')).start()`],
    [
      'output without end between steps',
      `${LATER}def flood():\n    while True: print('x' * 1000)\nthreading.Thread(target=flood, daemon=True).start()`,
    ],
    ['a closed line', 'import os\nos.close(3)\nwhile True: pass'],
    ['a flood of output', "while True: print('x' * 10000)"],
    ['memory', 'a = []\nwhile True: a.append(bytes(1 << 24))'],
  ])('%s harms no other session', async (_, code) => {
    await using victim = await runner().session();
    await victim.run('secret = 42\nopen("own", "w").write("own") and None');
    const attacker = await runner().session({ graceSeconds: 0.1 });
    await attacker.run(code).catch(() => undefined);
    await delay(100);
    const other = await victim.run('secret, open("own").read()');
    expect([other.status, other.session, other.result, other.stdout, other.displays]).toEqual([
      'ok',
      'alive',
      [42, 'own'],
      '',
      [],
    ]);
    // Whatever became of the attacker, it can be had anew.
    await attacker.reset();
    const fresh = await attacker.run('"secret" in globals()');
    expect([fresh.status, fresh.result]).toEqual(['ok', false]);
    await attacker.close('kill');
  });

  // The numbers of their descriptors are given out again while their ends are still heard of.
  test('sessions that break off one after another hold no other up', async () => {
    await using victim = await runner().session();
    await victim.run('secret = 42');
    for (let turn = 0; turn < 20; turn += 1) {
      const session = await runner().session({ graceSeconds: 0.1 });
      await session.run("import os\nos.write(3, b'\\0\\0\\1\\0\\x14')\nos.close(3)").catch(() => undefined);
      expect((await victim.run('secret')).result).toBe(42);
      await session.close('kill');
    }
  });

  test('what a forged frame between steps ends is told', async () => {
    const session = await runner().session();
    await session.run(`${FORGE}${LATER}threading.Timer(0.02, send, (20, OUTCOME)).start()`);
    await expect.poll(() => session.state).toBe('ended');
    await expect(session.run('1')).rejects.toThrow(
      'The session has ended: its process broke or closed the channel on which it reports.',
    );
  });
});
