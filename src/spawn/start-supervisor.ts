import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { execa } from 'execa';
import { PungiError } from '../errors/pungi-error.js';
import { frameCap } from '../protocol/frame-caps.js';
import { createFrameReader, type Frame } from '../protocol/frames.js';
import { createFrameSender } from './frame-sender.js';
import { requireFreeDescriptors } from './free-descriptors.js';

/** A running supervisor and the one channel to it. */
export interface SupervisorProcess {
  readonly pid: number;
  /** Queues a frame, to be written at the end of this turn; resolves when the channel has room again. */
  send(kind: number, run: number, payload: Uint8Array): Promise<void>;
  /** Writes what is queued now. */
  flush(): void;
  /** Hands on every frame from now on; a promise from the listener holds the next frames back. */
  listen(onFrame: (frame: Frame) => Promise<void> | null): void;
  /** Asks it to end and clean up, by the end of its channel. */
  close(): void;
  /** For a supervisor that no longer answers. The parent-death signal ends what it started. */
  kill(): void;
  /** Lets Node end while this process only waits for work; `ref` takes that back. */
  unref(): void;
  ref(): void;
  /** Resolves when the process is gone; never rejects. */
  readonly exited: Promise<SupervisorExit>;
}

/** The command of the supervisor, as the plan orders it. */
export interface SupervisorCommand {
  readonly executable: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface SupervisorExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last of what it wrote to stderr: a healthy one writes nothing. */
  readonly stderr: string;
  /** What Node refused of it, and ended it for. */
  readonly fault: string | null;
}

const CHANNEL = 3;
const MOST_STDERR = 16 * 1024;

/** Starts the interpreter with the harness; throws `START_FAILED` when it cannot be started at all. */
export function startSupervisor(orders: SupervisorCommand, harness: Uint8Array): SupervisorProcess {
  requireFreeDescriptors();
  const child = execa(orders.executable, [...orders.argv], {
    env: { ...orders.environment },
    // Nothing of a directory that others may write to is ever looked at.
    cwd: '/',
    extendEnv: false,
    preferLocal: false,
    reject: false,
    buffer: false,
    cleanup: false,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const channel: unknown = child.stdio[CHANNEL];
  const { pid } = child;
  if (pid === undefined || !(channel instanceof Socket)) {
    throw new PungiError(
      'START_FAILED',
      `The Python interpreter '${orders.executable}' could not be started.`,
      {
        details: { executable: orders.executable },
      },
    );
  }
  const holders = [child, channel, ...(child.stderr instanceof Socket ? [child.stderr] : [])];
  const stderr = keepTail(child.stderr, MOST_STDERR);
  // A broken pipe means that the process is gone; its exit says why.
  channel.on('error', () => undefined);
  // Every run that waits for room in the channel listens to it.
  channel.setMaxListeners(0);
  sendHarness(channel, harness);
  const sender = createFrameSender(channel);
  const refused: { fault: string | null } = { fault: null };
  return {
    pid,
    send: sender.send,
    flush: sender.flush,
    listen: (onFrame) =>
      readFrames(channel, onFrame, (error) => {
        refused.fault ??= error instanceof Error ? error.message : String(error);
        child.kill('SIGKILL');
      }),
    close() {
      sender.flush();
      channel.end();
    },
    kill: () => child.kill('SIGKILL'),
    ref: () => {
      for (const holder of holders) holder.ref();
    },
    unref: () => {
      for (const holder of holders) holder.unref();
    },
    exited: exitOf(
      child,
      child.then(({ exitCode, signal }) => ({
        exitCode: exitCode ?? null,
        signal: signal ?? null,
        fault: refused.fault,
      })),
      stderr,
    ),
  };
}

/**
 * A healthy end is known as soon as the process is: it comes after the last frame was read and the channel closed.
 * Any other has to wait for what the process still said on channel and stderr.
 */
function exitOf(
  child: { once(event: 'exit', listener: (exitCode: number | null) => void): unknown },
  ended: Promise<Omit<SupervisorExit, 'stderr'>>,
  stderr: () => string,
): Promise<SupervisorExit> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode) => {
      if (exitCode === 0) resolve({ exitCode, signal: null, stderr: '', fault: null });
    });
    void ended.then((exit) => resolve({ ...exit, stderr: stderr() }));
  });
}

/** Ahead of all frames: the interpreter has nothing yet that could read one. */
function sendHarness(channel: Duplex, harness: Uint8Array): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(harness.length);
  channel.write(length);
  channel.write(harness);
}

/** A frame that breaks the rules comes from a supervisor that is broken itself: it is ended, and so reported as lost. */
function readFrames(
  channel: Duplex,
  onFrame: (frame: Frame) => Promise<void> | null,
  onBroken: (error: unknown) => void,
): void {
  const reader = createFrameReader({ capFor: frameCap });

  /** Hands frames on until one is held back; then the rest follows when it is done. */
  function handOn(frames: readonly Frame[]): Promise<void> | null {
    for (const [index, frame] of frames.entries()) {
      const held = onFrame(frame);
      if (held !== null) return held.then(() => handOn(frames.slice(index + 1)) ?? undefined);
    }
    return null;
  }

  channel.on('data', (chunk: Uint8Array) => {
    try {
      const held = handOn(reader.push(chunk));
      if (held === null) return;
      channel.pause();
      held.then(() => channel.resume(), onBroken);
    } catch (error) {
      onBroken(error);
    }
  });
}

function keepTail(stream: NodeJS.ReadableStream | null, most: number): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    while (
      chunks.length > 1 &&
      chunks.reduce((sum, each) => sum + each.length, 0) - (chunks[0]?.length ?? 0) > most
    ) {
      chunks.shift();
    }
  });
  return () => Buffer.concat(chunks).toString('utf8').slice(-most).trim();
}
