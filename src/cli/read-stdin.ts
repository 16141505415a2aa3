import type { ReadStream } from 'node:tty';
import { UsageError } from './usage-error.js';

const NOTICE_MS = 2000;

export interface StdinReading {
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** Called when nothing at all has come for a while: a pipe that nobody closes looks like a program that hangs. */
  readonly onWaiting: () => void;
}

/** Everything on standard input, to its end; `null` when it was aborted. */
export async function readStdin(
  stdin: ReadStream | NodeJS.ReadStream,
  { signal, onWaiting }: StdinReading,
): Promise<Uint8Array | null> {
  const timer = setTimeout(onWaiting, NOTICE_MS);
  const stop = (): void => void stdin.destroy();
  signal.addEventListener('abort', stop, { once: true });
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of stdin) {
      clearTimeout(timer);
      if (chunk instanceof Uint8Array) chunks.push(chunk);
    }
    return signal.aborted ? null : Buffer.concat(chunks);
  } catch (cause) {
    if (signal.aborted) return null;
    // `pungi < directory` fails here with EISDIR, a closed descriptor with EBADF.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`Standard input cannot be read: ${reason}.`, null, cause);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
