import { execa } from 'execa';
import { requireFreeDescriptors } from './free-descriptors.js';

export interface RunToEndOptions {
  /** The whole environment of the child: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Cap for each of the two streams; more ends the child. */
  readonly maxBytes: number;
  /** Ends the child. */
  readonly signal?: AbortSignal;
}

export interface EndedProcess {
  /** `null` when a signal ended it or it never started. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** More than `maxBytes` came. */
  readonly tooMuch: boolean;
  /** Why it never started. */
  readonly spawnError: NodeJS.ErrnoException | null;
}

/**
 * Runs a short trusted command with no input until it and whatever it started are gone. Throws only where no process can be
 * started for want of descriptors.
 *
 * The child leads a process group of its own: a shell that hangs leaves children that hold the pipes open,
 * and only a signal to the group ends those too.
 */
export async function runToEnd(
  file: string,
  args: readonly string[],
  options: RunToEndOptions,
): Promise<EndedProcess> {
  requireFreeDescriptors();
  const child = execa(file, args, {
    env: { ...options.env },
    extendEnv: false,
    preferLocal: false,
    reject: false,
    stripFinalNewline: true,
    stdin: 'ignore',
    maxBuffer: options.maxBytes,
    detached: true,
    cleanup: false,
  });
  const { pid } = child;
  const killGroup = (): void => endGroup(pid);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup();
  }, options.timeoutMs);
  process.once('exit', killGroup);
  options.signal?.addEventListener('abort', killGroup);
  if (options.signal?.aborted === true) killGroup();
  try {
    const result = await child;
    return {
      exitCode: result.exitCode ?? null,
      signal: result.signal ?? null,
      stdout: result.stdout,
      stderr: result.stderr,
      timedOut,
      tooMuch: result.isMaxBuffer,
      spawnError: pid === undefined ? asErrno(result.cause) : null,
    };
  } finally {
    clearTimeout(timer);
    process.removeListener('exit', killGroup);
    options.signal?.removeEventListener('abort', killGroup);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: the group is gone already, which is what is wanted.
  }
}

function asErrno(cause: unknown): NodeJS.ErrnoException {
  return cause instanceof Error ? cause : new Error(`could not be started: ${String(cause)}`);
}
