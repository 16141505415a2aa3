import { describe, expect, test } from 'vitest';
import { createRunner, presets } from '../../src/index.js';
import { WARM_LEVELS } from '../engines/warm/levels.js';

/** The kernel counts for all processes of a user together what nobody has received yet. */
const HOARD = `import array, socket, time
here, there = socket.socketpair()
sent = 0
try:
    while True:
        here.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [0] * 50))])
        sent += 50
except OSError:
    print(sent, flush=True)
time.sleep(30)`;

describe.each(WARM_LEVELS)('at level %s', (level) => {
  test('a run that has as many descriptors on their way as it may holds up nobody else’s start', async () => {
    const policy = { ...presets.agent, isolation: { exactly: level }, timeoutSeconds: 40 } as const;
    const runner = await createRunner({ policy, warm: { size: 2 } });
    try {
      const controller = new AbortController();
      let attack: PromiseLike<unknown> = Promise.resolve();
      const sent = await new Promise<string>((resolve) => {
        attack = runner.run(HOARD, {}, { signal: controller.signal, onStdout: resolve });
      });
      // More than wait already: workers have to become ready while it goes on.
      const runs = await Promise.allSettled(Array.from({ length: 6 }, (_, index) => runner.run('1', index)));
      controller.abort();
      await attack;
      expect(Number(sent)).toBeGreaterThanOrEqual(200);
      expect(runs.map((run) => (run.status === 'fulfilled' ? run.value.status : String(run.reason)))).toEqual(
        runs.map(() => 'ok'),
      );
    } finally {
      await runner.close('kill');
    }
  });
});
