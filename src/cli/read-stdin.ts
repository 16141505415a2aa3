import type { ReadStream } from 'node:tty';
import type { Interruption } from './interruption.js';
import type { Screen } from './screen.js';
import { UsageError } from './usage-error.js';

const NOTICE_MS = 2000;

export interface StdinReading {
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** Called when nothing at all has come for a while: a pipe that nobody closes looks like a program that hangs. */
  readonly onWaiting: () => void;
}

/** What a command has that gives its standard input to a program. */
export interface StdinCommand {
  readonly stdin: ReadStream | NodeJS.ReadStream;
  readonly screen: Screen;
  readonly flags: { readonly quiet?: boolean };
  readonly interruption: Interruption;
}

/** All of it, with a word about how to leave it out when nothing comes. */
export function readProgramStdin(command: StdinCommand): Promise<Uint8Array | null> {
  const { stdin, screen, flags, interruption } = command;
  const onWaiting = (): void => {
    if (flags.quiet !== true) {
      screen.note('hint', 'reading standard input to its end; --no-stdin or </dev/null leaves it out');
    }
  };
  return readStdin(stdin, { signal: interruption.signal, onWaiting });
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
