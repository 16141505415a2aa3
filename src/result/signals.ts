import { constants } from 'node:os';

/** Second names of a number that the table below must not pick. */
const ALIASES: ReadonlySet<string> = new Set(['SIGIOT', 'SIGPOLL', 'SIGUNUSED', 'SIGCLD']);

const NAME_BY_NUMBER: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.signals)
    .filter(([name]) => !ALIASES.has(name))
    .map(([name, number]) => [number, name]),
);

const WORDS: Readonly<Partial<Record<string, string>>> = {
  SIGSEGV: 'segmentation fault',
  SIGBUS: 'bus error',
  SIGABRT: 'abort',
  SIGFPE: 'arithmetic error',
  SIGILL: 'illegal instruction',
  SIGSYS: 'forbidden system call',
  SIGKILL: 'killed',
  SIGTERM: 'terminated',
};

/** Name of a signal of this platform: `SIGSEGV`; `signal 40` when it has none. */
export function signalName(number: number): string {
  return NAME_BY_NUMBER.get(number) ?? `signal ${number}`;
}

/** The name with its meaning in words: `SIGSEGV (segmentation fault)`. */
export function describeSignal(name: string): string {
  const words = WORDS[name];
  return words === undefined ? name : `${name} (${words})`;
}

/** How a process ended, from the number that waitpid gives. */
export interface WaitEnding {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export function decodeWaitStatus(status: number): WaitEnding {
  const signal = status & 0x7f;
  return signal === 0
    ? { exitCode: (status >> 8) & 0xff, signal: null }
    : { exitCode: null, signal: signalName(signal) };
}
