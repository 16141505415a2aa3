import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Action } from './place.js';

/** Sessions of several steps, and their branches: each finds its own state and nobody else's. */
export const SESSIONS: readonly Action[] = [
  {
    name: 'a session of five steps',
    weight: 8,
    async act({ runner, below }) {
      await using session = await runner.session();
      const secret = below(1e9);
      await session.run('secret = input_data\nopen("own", "w").write(str(secret))', secret);
      await session.run('1 / 0');
      const step = await session.run('secret, open("own").read()');
      expect([step.status, step.session, step.result]).toEqual(['ok', 'alive', [secret, String(secret)]]);
      expect(await session.get('secret')).toBe(secret);
      await session.set('secret', 7);
      expect((await session.run('secret')).result).toBe(7);
      await session.files.write('given', 'given');
      expect((await session.run('open("given").read()')).result).toBe('given');
    },
  },
  {
    name: 'a session that is interrupted, and goes on',
    weight: 4,
    async act({ runner }) {
      await using session = await runner.session();
      await session.run('n = 0');
      const slow = await session.run('while True: n += 1', undefined, { timeoutSeconds: 0.1 });
      expect([slow.status, slow.session]).toEqual(['timeout', 'alive']);
      expect(Number(await session.get('n'))).toBeGreaterThan(0);
    },
  },
  {
    name: 'a session that dies, and is reset',
    weight: 3,
    async act({ runner }) {
      await using session = await runner.session({ graceSeconds: 0.1 });
      const step = await session.run('import os\nos._exit(3)');
      expect([step.status, step.session]).toEqual(['crashed', 'ended']);
      await session.reset();
      expect((await session.run('"os" in globals()')).result).toBe(false);
    },
  },
  {
    name: 'a session with functions of the host',
    weight: 3,
    async act({ runner, below }) {
      const seen: unknown[] = [];
      await using session = await runner.session({
        functions: { note: (value: unknown) => seen.push(value) },
      });
      const n = below(1e6);
      await session.run('note(input_data)', n);
      expect((await session.run('note(input_data + 1)', n)).result).toBe(2);
      expect(seen).toEqual([n, n + 1]);
    },
  },
  {
    name: 'a session that is killed in a step',
    weight: 3,
    async act({ runner, below }) {
      const session = await runner.session();
      const step = session.run('while True: pass').then(
        ({ status }) => status,
        (error: unknown) => String(error),
      );
      await delay(below(30));
      await session.close('kill');
      expect(['cancelled', 'PungiError: The session has ended: it was closed.']).toContain(await step);
    },
  },
  {
    name: 'three branches of a session',
    weight: 6,
    async act({ runner, below }) {
      await using session = await runner.session();
      const start = below(1e6);
      await session.run('x = [input_data]\nopen("f", "w").write("trunk")', start);
      const branches = await Promise.all([1, 2, 3].map(() => session.fork()));
      try {
        const steps = branches.map((branch, index) =>
          branch.run(
            'x.append(input_data); open("f", "a").write(str(input_data)); x, open("f").read()',
            index,
          ),
        );
        expect((await Promise.all(steps)).map(({ result }) => result)).toEqual(
          branches.map((_, index) => [[start, index], `trunk${index}`]),
        );
        expect((await session.run('x, open("f").read()')).result).toEqual([[start], 'trunk']);
      } finally {
        await Promise.all(branches.map((branch) => branch.close('kill')));
      }
    },
  },
  {
    name: 'a chain of forks',
    weight: 2,
    async act({ runner }) {
      const chain = [await runner.session()];
      try {
        await chain[0]?.run('depth = 0');
        for (let depth = 1; depth <= 5; depth += 1) {
          const next = await chain.at(-1)?.fork();
          if (next === undefined) throw new Error('The chain has no end.');
          chain.push(next);
          expect((await next.run('depth += 1; depth')).result).toBe(depth);
          // The trunk may go before its branches.
          if (depth === 3) await chain[0]?.close('kill');
        }
      } finally {
        await Promise.all(chain.map((session) => session.close('kill')));
      }
    },
  },
  {
    name: 'a checkpoint and back',
    weight: 4,
    async act({ runner, below }) {
      await using session = await runner.session();
      const start = below(1e6);
      await session.run('x = [input_data]', start);
      await using checkpoint = await session.checkpoint();
      await session.run('x.clear()');
      await session.restore(checkpoint);
      expect(await session.get('x')).toEqual([start]);
    },
  },
];
