import { createFileCollector } from '../collect/collect-files.js';
import { createMemoryStore } from '../collect/memory-store.js';
import type { JobFile } from '../job/job.js';
import { FRAME } from '../protocol/frame-kinds.js';
import type { Frame } from '../protocol/frames.js';
import { endMessage, fileHeadMessage, type ListingMessage, listingMessage } from '../protocol/messages.js';
import type { OutputFile } from '../result/run-result.js';
import { createDeferred } from '../supervise/deferred.js';
import { createLifetime } from '../supervise/lifetime.js';
import { readFailure } from '../supervise/read-failure.js';
import { readTrusted } from '../supervise/read-trusted.js';
import { sendFiles, startText } from '../supervise/send-job.js';
import type { SessionSeat } from './run-step.js';

/** One thing done to the files of a living workdir, by the supervisor alone: no code runs. */
export type Touch =
  | { readonly action: 'list' }
  | { readonly action: 'read'; readonly name: string }
  | { readonly action: 'remove'; readonly name: string }
  | { readonly action: 'write'; readonly files: readonly JobFile[] };

export interface Touched {
  readonly listing: ListingMessage | null;
  readonly files: ReadonlyMap<string, OutputFile>;
}

export interface TouchSeat extends Pick<SessionSeat, 'nextRun' | 'attend'> {
  readonly supervisor: Pick<SessionSeat['supervisor'], 'send'>;
}

/** `null` when the worker was gone before it was done. */
export async function touchFiles(
  seat: TouchSeat,
  session: number,
  diskBytes: number,
  touch: Touch,
): Promise<Touched | null> {
  const run = seat.nextRun();
  const caps = { maxFiles: 1, maxFileBytes: diskBytes, diskBytes };
  const collector = createFileCollector(caps, createMemoryStore());
  const done = createDeferred<boolean>();
  const found: { listing: ListingMessage | null } = { listing: null };

  function onFrame({ kind, payload }: Frame): Promise<void> | null {
    if (kind === FRAME.fileHead) return collector.head(readTrusted(fileHeadMessage, payload));
    if (kind === FRAME.fileBody) return collector.body(payload);
    if (kind === FRAME.listing) found.listing = readTrusted(listingMessage, payload);
    else if (kind === FRAME.failed) done.reject(readFailure(payload));
    // Ended otherwise, its worker died before the order was carried out.
    else if (kind === FRAME.end) done.resolve(readTrusted(endMessage, payload).reason === 'outcome');
    return null;
  }

  async function send(): Promise<boolean> {
    const { supervisor } = seat;
    const files = touch.action === 'write' ? touch.files : [];
    const start = startText({ timeoutMs: 0, stdin: null, files, step: { session, graceMs: 0 } });
    await supervisor.send(FRAME.start, run, Buffer.from(start));
    await sendFiles(supervisor, run, files, until);
    const { action } = touch;
    const order = 'name' in touch ? { action, name: touch.name } : { action };
    await supervisor.send(FRAME.touch, run, Buffer.from(JSON.stringify(order)));
    return done.promise;
  }

  const until = createLifetime();
  try {
    const isDone = await seat.attend({ onFrame, lose: () => done.resolve(false) }, run, send);
    const { files } = await collector.finish();
    return isDone ? { listing: found.listing, files } : null;
  } finally {
    until.end();
  }
}
