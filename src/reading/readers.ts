// Theory of operation. Code is written by others, and CPython's parser is C: it is read where it would be run, in a
// worker behind all layers, with every door shut and without preloads. A reader is such a worker that reads one
// program after another and runs none. Two may be at work at once, apart from all that runs. A reader is replaced after
// some questions, when it is old, after a question that was more than a look at ordinary code, and when it is gone; a
// question whose reader was gone before it answered, as the supervisor tells, is put to another.
import { createFileCollector } from '../collect/collect-files.js';
import { createMemoryStore } from '../collect/memory-store.js';
import { readValidation } from '../engines/questions/read-validation.js';
import type { Validation } from '../engines/questions/validation.js';
import { createKeepAlive } from '../engines/warm/keep-alive.js';
import type { PoolOrder } from '../engines/warm/pool.js';
import { runnerClosed } from '../engines/warm/pool-closed.js';
import type { Seated } from '../engines/warm/seats.js';
import { PungiError } from '../errors/pungi-error.js';
import type { Plan } from '../plan/plan.js';
import { type Place, type SessionTree, startSessionTree } from '../session/session-tree.js';
import { isUnharmed, isYoung, MOST_SHARED_LENGTH, type Reader } from './is-fit.js';
import { createTurnstile } from './turnstile.js';

export interface Readers {
  ask(order: PoolOrder): Promise<Validation>;
  /** Answers what was asked for, then ends all readers. */
  close(): Promise<void>;
}

export interface ReadersOrders {
  readonly plan: Plan;
  readonly harness: Uint8Array;
  /** Whether workers of the plan can share a tree; else each reader has one of its own. */
  readonly isShared: boolean;
}

interface LivingReader extends Reader {
  readonly place: Place;
}

const READER_GONE = 'The worker that was to read the code was gone before it began, three times in a row.';
const SIZE = 2;
const MAX_PENDING = 10_000;
/** A question whose readers are lost so often is reported as lost. */
const MOST_ATTEMPTS = 3;

export function createReaders({ plan, harness, isShared }: ReadersOrders): Readers {
  const alive = createKeepAlive();
  const turnstile = createTurnstile(SIZE, MAX_PENDING);
  const trees = new Set<SessionTree>();
  const idle: LivingReader[] = [];
  let shared: Promise<SessionTree> | null = null;
  let spare: Promise<LivingReader | null> | null = null;
  let leanestKb = Number.POSITIVE_INFINITY;
  let isClosed = false;

  async function startTree(): Promise<SessionTree> {
    const tree = await startSessionTree({ plan, harness, sessions: isShared ? SIZE : 1, isShared });
    trees.add(tree);
    void tree.lost.then(() => retire(tree));
    return tree;
  }

  async function retire(tree: SessionTree): Promise<void> {
    if (!trees.delete(tree)) return;
    if (isShared) shared = null;
    await tree.end();
  }

  function findTree(): Promise<SessionTree> {
    if (!isShared) return startTree();
    shared ??= startTree().catch((error: unknown) => {
      shared = null;
      throw error;
    });
    return shared;
  }

  async function open(): Promise<LivingReader> {
    const tree = await findTree();
    try {
      const place = await tree.open();
      if (!isShared) void place.ended.then(() => retire(tree));
      return { place, bornAt: performance.now(), asked: 0 };
    } catch (error) {
      await retire(tree);
      throw error;
    }
  }

  /** One that may be asked; those that wait and may not are ended. */
  async function take(isAlone: boolean): Promise<LivingReader> {
    for (let reader = idle.pop(); reader !== undefined; reader = idle.pop()) {
      if (reader.place.end !== null) continue;
      if (isYoung(reader, performance.now()) && (reader.asked === 0 || !isAlone)) return reader;
      reader.place.close('kill');
    }
    const coming = spare;
    spare = null;
    return (await coming) ?? (await open());
  }

  function giveBack(reader: LivingReader, isFit: boolean): void {
    if (isFit && isYoung(reader, performance.now())) {
      idle.push(reader);
      return;
    }
    reader.place.close('kill');
    // The next question is not to wait for it. One that fails to come is asked for again by that question.
    if (idle.length === 0 && !isClosed) spare ??= open().catch(() => null);
  }

  function step({ place }: LivingReader, order: PoolOrder): Promise<Seated | null> {
    const files = createFileCollector(plan.limits, createMemoryStore());
    const job = { ...order.job, step: { session: place.number, graceMs: 0, keepInput: false } };
    return place.step({ ...order, job, plan, files });
  }

  async function answer(order: PoolOrder): Promise<Validation> {
    const isAlone = order.job.code.length > MOST_SHARED_LENGTH;
    for (let attempts = 1; ; attempts += 1) {
      const reader = await take(isAlone);
      reader.asked += 1;
      let isFit = false;
      try {
        const seated = await step(reader, order);
        const isLost = seated === null || (seated.ending.stop === 'lost' && seated.ending.end === null);
        if (isLost && attempts < MOST_ATTEMPTS) continue;
        if (seated === null) throw new PungiError('SANDBOX_FAILED', READER_GONE);
        const validation = readValidation(seated.ending);
        leanestKb = Math.min(leanestKb, seated.ending.end?.peakMemoryKb ?? leanestKb);
        isFit = !isAlone && isUnharmed(seated.ending, validation, leanestKb);
        return validation;
      } finally {
        giveBack(reader, isFit);
      }
    }
  }

  async function close(): Promise<void> {
    isClosed = true;
    await alive.during(async () => {
      await turnstile.empty();
      await spare;
      await shared?.catch(() => null);
      await Promise.all([...trees].map(retire));
    });
    alive.end();
  }

  return {
    ask: (order) =>
      isClosed ? Promise.reject(runnerClosed()) : alive.during(() => turnstile.pass(() => answer(order))),
    close,
  };
}
