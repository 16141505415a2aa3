/** What a run that goes on has used so far; `onUsage` is called with it, some ten times a second. */
export interface LiveUsage {
  /** Milliseconds since the run began. */
  readonly wallMs: number;
  /** Memory of all its processes, libraries among it. */
  readonly memoryMb: number;
}
