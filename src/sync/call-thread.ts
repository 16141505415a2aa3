import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, SHARE_ENV, Worker } from 'node:worker_threads';
import { PungiError } from '../errors/pungi-error.js';
import type { SyncAnswer, SyncOrder, SyncRequest } from './messages.js';

/** From `dist/*.js`. */
const THREAD = './sync/thread.js';
const START_MS = 30_000;
/** Beside the deadline of the run: looking for a Python, starting it, cleaning up. */
const PATIENCE_MS = 180_000;

/** One thread serves all calls of this thread: it keeps what it found out about the host. */
const threads = new Map<'own', Thread>();

interface Thread {
  readonly worker: Worker;
  /** One word: 0 until it listens. One that cannot start is not waited for as long as a run. */
  readonly started: Int32Array;
}

/** Waits for the answer without an event loop. Throws `START_FAILED` when there is none. */
export function callThread(order: SyncOrder, base: string = import.meta.url): SyncAnswer {
  const { worker, started } = threads.get('own') ?? startThread(base);
  const { port1, port2 } = new MessageChannel();
  const request: SyncRequest = { order, port: port2, done: new Int32Array(new SharedArrayBuffer(4)) };
  try {
    worker.postMessage(request, [port2]);
    if (Atomics.wait(started, 0, 0, START_MS) !== 'timed-out')
      Atomics.wait(request.done, 0, 0, order.job.timeoutMs + PATIENCE_MS);
    const received: { readonly message: SyncAnswer } | undefined = receiveMessageOnPort(port1);
    if (received !== undefined) return received.message;
  } finally {
    port1.close();
  }
  threads.delete('own');
  void worker.terminate();
  throw new PungiError('START_FAILED', 'The thread of runCodeSync gave no answer.', {
    hint: 'Call again: the next call starts another. If it happens again, use runCode.',
  });
}

function startThread(base: string): Thread {
  const url = new URL(THREAD, base);
  const file = fileURLToPath(url);
  if (!existsSync(file)) {
    throw new PungiError('START_FAILED', `The thread of runCodeSync was not found: ${file}.`, {
      details: { file },
      hint: 'Install pungi again, and mark it as external where a bundler packs the program.',
    });
  }
  // Options of the command line may be meant for the main program alone, such as --input-type.
  const started = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(url, { env: SHARE_ENV, execArgv: [], name: 'pungi-sync', workerData: started });
  const thread = { worker, started };
  worker.unref();
  // It answers before it ends; a call after that starts another.
  worker.on('error', () => undefined);
  worker.on('exit', () => {
    if (threads.get('own') === thread) threads.delete('own');
  });
  threads.set('own', thread);
  return thread;
}
