/** Everything about a worker that changes its program. */
export interface SeccompInputs {
  readonly architecture: 'x64' | 'arm64';
  /** `refused` answers EAGAIN, as a process limit does; threads stay allowed. */
  readonly processes: 'allowed' | 'refused';
  /**
   * `gated`: the one call by which a session makes a branch of itself asks the supervisor, which lets it through
   * once for each that node ordered; the branch may narrow itself further and tie its life to the zygote's.
   */
  readonly branches: 'none' | 'gated';
  readonly exec: boolean;
  readonly network: boolean;
  /** `own-pid` where nothing else keeps a signal inside the tree. */
  readonly signals: 'any' | 'own-pid';
  /**
   * Landlock does not see chmod and utime, even by a descriptor that it let the worker open for reading, nor
   * truncate before ABI 3. A worker that shares its uid with the caller could so make a file of the host setuid:
   * `truncate` and `none` refuse all changes of modes and times, `none` truncate by path as well.
   */
  readonly metadata: 'any' | 'truncate' | 'none';
}
