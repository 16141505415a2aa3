import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { createDeferred } from '../../src/supervise/deferred.js';
import { ownCgroups, temporaryFiles, waitFor } from '../engines/warm/fault-pool.js';
import { FAULTS } from '../engines/warm/fault-signals.js';
import {
  ENDED,
  LOST,
  OPERATIONS,
  type Operation,
  outcomesOf,
  REFUSED,
  type Signal,
  type Victim,
} from './fault-operations.js';
import {
  BRANCHES_THAT,
  countNamed,
  endOf,
  type FaultSession,
  findBranch,
  SLOW_COPIES,
  withFaultSession,
} from './fault-session.js';
import { WARM_LEVELS } from './runners.js';

type Row<V = Victim> = readonly [Signal, V, string | readonly string[]];
type Branching = Row<Victim | 'branch'>;

const SHORT = { timeoutSeconds: 0.5 };
const ALL: readonly (readonly [string, Operation])[] = Object.entries(OPERATIONS);
const FEW = ['fork', 'open', 'reset', 'drain', 'kill'];
const before = temporaryFiles();
const left = (): string[] => [...ownCgroups(), ...temporaryFiles().filter((name) => !before.includes(name))];
afterAll(() =>
  waitFor(
    () => left().length === 0,
    () => left().join(', '),
  ),
);

// Each test has its own processes, and most of its time is waiting.
describe.concurrent.each(WARM_LEVELS)('at level %s', { timeout: 60_000 }, (level) => {
  test.each<[Signal, Victim]>([
    ['SIGKILL', 'supervisor'],
    ['SIGKILL', 'zygote'],
    ['SIGKILL', 'worker'],
    ['SIGSTOP', 'worker'],
  ])('idle: %s of the %s, and then everything at once', async (signal, victim) => {
    await withFaultSession(level, async (fault) => {
      const those: FaultSession[] = [];
      for (const _ of ALL) those.push(await fault.another());
      for (const pid of new Set(those.map(({ tree }) => tree[victim]))) process.kill(pid, signal);
      await Promise.all(
        those.map(async (one, index) => {
          const [name, operation] = ALL[index] ?? ['run', OPERATIONS.run];
          const end = await endOf(operation.act(one));
          expect([name, outcomesOf(operation, signal, victim)]).toEqual([
            name,
            expect.arrayContaining([end]),
          ]);
        }),
      );
    });
  });

  // Each alone, as what one of them finds out is told to all; what tells it does not depend on the level.
  const alone = level === WARM_LEVELS[0] ? ALL : ALL.filter(([name]) => name === 'write' || name === 'drain');
  test.each([
    ...alone.map(([name, operation]) => [name, 'supervisor', operation] as const),
    ...alone
      .filter(([name]) => FEW.includes(name))
      .map(([name, operation]) => [name, 'zygote', operation] as const),
  ])('idle: %s after SIGSTOP of the %s', async (_, victim, operation) => {
    await withFaultSession(level, async (fault) => {
      process.kill(fault.tree[victim], 'SIGSTOP');
      expect(outcomesOf(operation, 'SIGSTOP', victim)).toContain(await endOf(operation.act(fault)));
    });
  });

  test.each<Row>([
    ['SIGKILL', 'supervisor', LOST],
    ['SIGKILL', 'zygote', LOST],
    ['SIGKILL', 'worker', LOST],
    ['SIGSTOP', 'supervisor', 'timeout'],
    ['SIGSTOP', 'zygote', 'timeout'],
    ['SIGSTOP', 'worker', 'timeout'],
  ])('in a step: %s of the %s', async (signal, victim, expected) => {
    await withFaultSession(level, async ({ session, tree }) => {
      const up = createDeferred<void>();
      const options = { onStdout: () => up.resolve(), ...SHORT };
      const step = session.run('print("up", flush=True)\nwhile True: pass', undefined, options);
      await up.promise;
      process.kill(tree[victim], signal);
      expect(expected).toContain(await endOf(step));
    });
  });

  // The time of the function is not the step's: its deadline begins when the function has answered.
  test.each<Row>([
    ['SIGKILL', 'supervisor', LOST],
    ['SIGKILL', 'zygote', LOST],
    ['SIGKILL', 'worker', LOST],
    ['SIGSTOP', 'supervisor', 'timeout'],
    ['SIGSTOP', 'zygote', 'ok'],
    ['SIGSTOP', 'worker', 'timeout'],
  ])('waiting for a function of the host: %s of the %s', async (signal, victim, expected) => {
    await withFaultSession(level, async ({ session, tree }) => {
      const called = createDeferred<void>();
      const answer = createDeferred<void>();
      const wait = (): Promise<void> => {
        called.resolve();
        return answer.promise;
      };
      const step = session.run('wait()', undefined, { functions: { wait }, ...SHORT });
      await called.promise;
      process.kill(tree[victim], signal);
      answer.resolve();
      expect(expected).toContain(await endOf(step));
    });
  });

  test.each<Branching>([
    ['SIGKILL', 'supervisor', ENDED],
    ['SIGKILL', 'zygote', REFUSED],
    ['SIGKILL', 'worker', 'FORK_REFUSED'],
    ['SIGKILL', 'branch', 'FORK_REFUSED'],
    ['SIGSTOP', 'supervisor', ENDED],
    ['SIGSTOP', 'zygote', 'done'],
    ['SIGSTOP', 'worker', 'done'],
    ['SIGSTOP', 'branch', 'FORK_REFUSED'],
  ])('being forked: %s of the %s', async (signal, victim, expected) => {
    await withFaultSession(level, async (fault) => {
      await fault.session.run(SLOW_COPIES);
      const fork = endOf(fault.session.fork().then((branch) => void fault.made.push(branch)));
      const branch = await findBranch(fault);
      process.kill({ ...fault.tree, branch }[victim], signal);
      expect(expected).toContain(await fork);
    });
  });

  test.each([
    ['dies', 'os._exit(9)'],
    ['hangs up and lives on', 'os.closerange(0, 256); time.sleep(60)'],
  ])('a branch that %s before its first word is told at once, and its session goes on', async (_, body) => {
    await withFaultSession(level, async (fault) => {
      await fault.session.run(BRANCHES_THAT(body));
      await expect(fault.session.fork()).rejects.toThrow(
        'The session cannot be forked: it ended before it was ready.',
      );
      expect(await fault.session.get('x')).toBe(1);
      await waitFor(
        () => countNamed(fault) === 1,
        () => 'the branch is still there',
      );
    });
  });

  test('a branch whose session is killed while it copies its files is none', async () => {
    await withFaultSession(level, async (fault) => {
      await fault.session.run(SLOW_COPIES);
      const fork = fault.session.fork();
      const refused = expect(fork).rejects.toThrow('The session cannot be forked: its process is gone.');
      await findBranch(fault);
      process.kill(fault.tree.worker, 'SIGKILL');
      await refused;
    });
  });

  test.each<Branching>([
    ['SIGKILL', 'supervisor', ENDED],
    ['SIGKILL', 'zygote', REFUSED],
    ['SIGKILL', 'worker', 'done'],
    ['SIGKILL', 'branch', 'FORK_REFUSED'],
    ['SIGSTOP', 'supervisor', ENDED],
    ['SIGSTOP', 'zygote', 'done'],
    ['SIGSTOP', 'worker', 'done'],
    ['SIGSTOP', 'branch', 'FORK_REFUSED'],
  ])('being restored: %s of the %s', async (signal, victim, expected) => {
    await withFaultSession(level, async (fault) => {
      await fault.session.run(SLOW_COPIES);
      const checkpoint = await fault.session.checkpoint();
      fault.made.push(checkpoint);
      const restored = endOf(fault.session.restore(checkpoint));
      const branch = await findBranch(fault);
      process.kill({ ...fault.tree, branch }[victim], signal);
      expect(expected).toContain(await restored);
    });
  });

  test.each(FAULTS)('closing, with an exit handler at work: %s of the %s', async (signal, victim) => {
    await withFaultSession(level, async ({ session, tree }) => {
      await session.run('import atexit\natexit.register(time.sleep, 30) and None');
      const closing = endOf(session.close());
      await delay(50);
      process.kill(tree[victim], signal);
      expect(await closing).toBe('done');
    });
  });
});
