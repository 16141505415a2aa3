import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { FILES } from '../security/corpus/files.js';
import { NETWORK } from '../security/corpus/network.js';
import { PROCESSES } from '../security/corpus/processes.js';
import { SYSCALLS } from '../security/corpus/syscalls.js';
import { composeProgram } from '../security/prelude.js';
import { readOutcomes } from '../security/run-bare.js';
import type { Trial } from '../security/trial.js';
import { ENTRY } from '../security/trials/entry.js';
import { LINE } from '../security/trials/line.js';
import { OUTPUTS } from '../security/trials/outputs.js';
import { RESOURCES } from '../security/trials/resources.js';
import { TAMPERING } from '../security/trials/tampering.js';
import type { Action, Place } from './place.js';

const PROGRAMS = [FILES, NETWORK, PROCESSES, SYSCALLS].map(({ attacks }) => composeProgram(attacks));
const TRIALS = [...LINE, ...TAMPERING, ...ENTRY, ...OUTPUTS, ...RESOURCES];

/** A deadline is told apart from a slow machine by what the trial allows. */
function timeoutOf({ statuses }: Trial): number {
  if (statuses.every((status) => status === 'timeout')) return 0.5;
  return statuses.includes('timeout') ? 2 : 20;
}

function pick<Item>({ below }: Place, items: readonly Item[]): Item {
  const item = items[below(items.length)];
  if (item === undefined) throw new Error('Nothing to choose from.');
  return item;
}

function limit(name: string, code: string, statuses: readonly string[]): Action {
  return {
    name,
    weight: 2,
    async act({ runner }) {
      expect(statuses).toContain((await runner.run(code, undefined, { timeoutSeconds: 10 })).status);
    },
  };
}

/** What hostile and impatient callers do: whatever becomes of them, the others go on. */
export const HOSTILE: readonly Action[] = [
  {
    name: 'a family of the attack corpus',
    weight: 1,
    async act(place) {
      const run = await place.runner.run(pick(place, PROGRAMS), undefined, {
        env: place.bait.environment,
      });
      expect(run.status, String(run.error)).toBe('ok');
      const held = Object.entries(readOutcomes(run.result)).filter(
        ([, outcome]) => !outcome.startsWith('refused: '),
      );
      expect(held).toEqual([]);
    },
  },
  {
    name: 'an attack that breaks its run',
    weight: 15,
    async act(place) {
      const here = TRIALS.filter(
        ({ levels, policy }) =>
          policy === undefined && (levels === undefined || levels.includes(place.level)),
      );
      const trial = pick(place, here);
      const run = await place.runner.run(trial.code, undefined, {
        ...trial.options,
        timeoutSeconds: timeoutOf(trial),
      });
      expect(trial.statuses, `${trial.id}: ${run.error}`).toContain(run.status);
      trial.check?.(run);
    },
  },
  {
    name: 'an abort',
    weight: 15,
    async act({ runner, below }) {
      const stop = new AbortController();
      const run = runner.run('while True: pass', undefined, { signal: stop.signal });
      await delay(below(30));
      stop.abort();
      expect((await run).status).toBe('cancelled');
    },
  },
  {
    name: 'a deadline',
    weight: 4,
    async act({ runner }) {
      const run = await runner.run('while True: pass', undefined, { timeoutSeconds: 0.1 });
      expect(run.status).toBe('timeout');
    },
  },
  limit('a flood of output', "while True: print('x' * 10000)", ['output_limit']),
  limit('a flood of errors from C', "import os\nwhile True: os.write(2, b'x' * 65536)", ['output_limit']),
  limit('a flood of displays', 'import pungi\nfor n in range(5000): pungi.display({"text/plain": "x"})', [
    'ok',
    'error',
  ]),
  limit('memory without end', 'a = []\nwhile True: a.append(bytes(1 << 24))', ['memory_limit']),
  limit('a disk without end', "f = open('f', 'wb')\nwhile True: f.write(bytes(1 << 20))", ['disk_limit']),
  limit(
    'threads without end',
    'import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,), daemon=True).start()',
    ['process_limit', 'error'],
  ),
  limit('a death', 'import ctypes\nctypes.string_at(0)', ['crashed']),
];
