/** Everything about a worker that changes its program. */
export interface SeccompInputs {
  readonly architecture: 'x64' | 'arm64';
  /** `refused` answers EAGAIN, as a process limit does; threads stay allowed. */
  readonly processes: 'allowed' | 'refused';
  readonly exec: boolean;
  readonly network: boolean;
  /** `own-pid` where nothing else keeps a signal inside the tree. */
  readonly signals: 'any' | 'own-pid';
  /**
   * Landlock does not see chmod and utime, nor truncate before ABI 3. Where host files are in sight, what changes
   * a file by its path alone is refused; the same by a descriptor, which Landlock has let the worker open, is not.
   */
  readonly changesByPath: 'any' | 'truncate' | 'none';
}
