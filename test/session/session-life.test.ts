import { describe, expect, test } from 'vitest';
import { createRunner, presets } from '../../src/index.js';
import { createDeferred } from '../../src/supervise/deferred.js';
import { brief, useRunner, WARM_LEVELS } from './runners.js';

const policy = { ...presets.agent, timeoutSeconds: 10 };

describe('a runner', () => {
  const runner = useRunner({}, { maxSessions: 2 });

  test('holds at most maxSessions', async () => {
    const first = await runner().session();
    await using _ = await runner().session();
    expect(runner().info().sessions).toBe(2);
    await expect(runner().session()).rejects.toMatchObject({
      code: 'SESSION_LIMIT',
      message: '2 sessions are living already; allowed: 2.',
      hint: 'Close one of them, or raise maxSessions of createRunner.',
    });
    await first.close();
    await using third = await runner().session();
    expect((await third.run('1')).result).toBe(1);
  });

  test('closes a session that is idle, and not one that works', async () => {
    await using session = await runner().session({ idleSeconds: 0.2 });
    expect((await session.run('import time; time.sleep(0.5); x = 1; x')).result).toBe(1);
    await expect.poll(() => session.state).toBe('ended');
    await expect(session.run('x')).rejects.toMatchObject({
      code: 'SESSION_ENDED',
      message: 'The session has ended: it had no step for 0.2 s (idleSeconds).',
      hint: 'Call `session.reset()` to go on with an empty interpreter, or open another session.',
    });
  });

  test('reset gives an empty interpreter and an empty workdir, in the order of the steps', async () => {
    await using session = await runner().session();
    const results = await Promise.all([
      session.run("x = 1\nopen('a', 'w').close()"),
      session.reset(),
      session.run("import os\n'x' in globals(), os.listdir('.')"),
    ]);
    expect(results[2].result).toEqual([false, []]);
  });

  test('a session whose process dies says why', async () => {
    const session = await runner().session();
    const step = await session.run('import os; os._exit(7)');
    expect([step.status, step.session, step.error?.message]).toEqual([
      'crashed',
      'ended',
      'the Python process ended abruptly with exit code 7, before the program was done (as os._exit does)',
    ]);
    await expect(session.run('1')).rejects.toThrow(
      'The session has ended: its process ended with exit code 7.',
    );
    await session.close();
    await expect(session.run('1')).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    await expect(session.reset()).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });

  test('close waits for the steps before it, and runs exit handlers', async () => {
    const session = await runner().session();
    const step = session.run('import atexit, time\natexit.register(print, "bye")\ntime.sleep(0.1)\n1');
    const closed = session.close();
    await expect(session.run('2')).rejects.toThrow('The session has ended: it was closed.');
    expect(brief(await step)).toEqual(['ok', 'alive', 1]);
    await closed;
    await session.close();
  });

  test('close("kill") ends the step that goes on as cancelled', async () => {
    const session = await runner().session();
    const step = session.run('print("up", flush=True)\nwhile True: pass', undefined, {
      onStdout: () => void session.close('kill'),
    });
    expect(brief(await step)).toEqual(['cancelled', 'ended', undefined]);
    await session.close();
  });

  test.each([
    [{ idleSeconds: 0 }, '`session.idleSeconds` is 0; allowed: a number above 0 and at most 86400.'],
    [{ graceSeconds: 'x' }, "`session.graceSeconds` is 'x'; allowed: a number above 0 and at most 60."],
    [{ idle: 1 }, 'Unknown key `idle` of `session`. Did you mean `idleSeconds`?'],
  ])('bad options %j', async (options, message) => {
    // @ts-expect-error: wrong on purpose.
    await expect(runner().session(options)).rejects.toMatchObject({ code: 'INVALID_INPUT', message });
  });
});

test.each(['drain', 'kill'] as const)('closing the runner by %s ends its sessions', async (how) => {
  const runner = await createRunner({ policy, warm: { size: 1 } });
  const session = await runner.session();
  const up = createDeferred<void>();
  const step = session.run('print("up", flush=True)\nimport time; time.sleep(0.2); 1', undefined, {
    onStdout: () => up.resolve(),
  });
  await up.promise;
  await runner.close(how);
  expect(brief(await step)).toEqual(how === 'drain' ? ['ok', 'alive', 1] : ['cancelled', 'ended', undefined]);
  await expect(session.run('1')).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  await expect(runner.session()).rejects.toMatchObject({ code: 'RUNNER_CLOSED' });
});

test('where processes are allowed without a pid namespace, each session has a tree of its own', async () => {
  const level = WARM_LEVELS.includes('kernel') ? 'kernel' : 'process';
  const runner = await createRunner({
    policy: { ...policy, isolation: { exactly: level }, allowSubprocess: true },
    warm: { size: 1 },
  });
  try {
    const [one, two] = await Promise.all([runner.session(), runner.session()]);
    await one.run('import subprocess\np = subprocess.Popen(["/bin/sleep", "60"])');
    await two.run('x = 2');
    expect((await one.run('p.poll() is None')).result).toBe(true);
    await one.close('kill');
    expect((await two.run('x')).result).toBe(2);
  } finally {
    await runner.close();
  }
});
