import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, presets, type Runner, runCode } from '../../src/index.js';
import { wantedJails } from '../conformance/wanted-levels.js';

/**
 * The kernel counts descriptors on their way between sockets for a user, not for a process, and holds the sum against
 * the limit of whoever sends next. Runs have the same user.
 */
const FILL = `
import socket, struct, time
a, b = socket.socketpair()
sent = 0
try:
    while True:
        a.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack('250i', *[0] * 250))])
        sent += 250
except OSError as error:
    print(sent, error.errno, flush=True)
time.sleep(60)`;
/** ETOOMANYREFS: the attack is at its end, sooner when other programs of the user have some there. */
const FULL = /^\d+ 109\n$/;

describe.each(wantedJails())('while one run has all descriptors on their way, at level %s', (level) => {
  const policy = { ...presets.agent, timeoutSeconds: 60, isolation: { exactly: level } } as const;
  const stop = new AbortController();
  const runners: Runner[] = [];
  let attack: PromiseLike<unknown> = Promise.resolve();

  beforeAll(async () => {
    for (let count = 0; count < 2; count += 1)
      runners.push(await createRunner({ policy, warm: { size: 1 } }));
    const [first] = runners;
    if (first === undefined) throw new Error('No runner was made.');
    const filled = await new Promise<string>((resolve, reject) => {
      attack = first.run(FILL, undefined, {
        signal: stop.signal,
        onStdout: resolve,
      });
      attack.then((run) => reject(new Error(`The attack ended: ${JSON.stringify(run)}`)), reject);
    });
    expect(filled).toMatch(FULL);
  });

  afterAll(async () => {
    stop.abort();
    await attack;
    await Promise.all(runners.map((runner) => runner.close('kill')));
  });

  test('workers of other pools are born', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      expect((await runners[1]?.run('result = 1'))?.status).toBe('ok');
    }
    expect(runners[1]?.info()).toMatchObject({ restarts: 0, lastLoss: null });
  });

  test('cold runs begin', async () => {
    expect((await runCode('result = 1', undefined, policy, { oneshot: true })).status).toBe('ok');
  });

  test('its own pool has its next worker', async () => {
    await expect.poll(() => runners[0]?.info().idle, { timeout: 10_000 }).toBe(1);
    expect(runners[0]?.info()).toMatchObject({ restarts: 0, lastLoss: null });
  });
});
