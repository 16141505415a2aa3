/** What `/proc/PID/stat` says of a process. */
export interface ProcessStat {
  /** The letter of the kernel for what it does: `R`, `S`, `D`, `T`, `Z`, `X`. */
  readonly state: string;
  /** When it began, in ticks since boot. */
  readonly startTicks: string;
}

/** `null` for a text that is none. */
export function readProcessStat(text: string): ProcessStat | null {
  // The name of the process, in parentheses, may hold anything: fields are counted after it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return state === undefined || startTicks === undefined ? null : { state, startTicks };
}
