/** One row per error: a code without its row does not compile. */
export interface ErrorRow {
  readonly summary: string;
  /** Used when the throw site has nothing more exact to say. */
  readonly hint: string;
  readonly stillUsable: string;
  /** Exit code of the command line. */
  readonly exitCode: number;
  readonly httpStatus: number;
}

export const ERROR_CATALOGUE = {
  INVALID_POLICY: {
    summary: 'The policy has an unknown key, a wrong type or a value out of range.',
    hint: 'Correct the named key; `pungi doctor` and the policy table in the docs list the allowed values.',
    stillUsable: 'Everything: nothing was started.',
    exitCode: 2,
    httpStatus: 400,
  },
  INVALID_INPUT: {
    summary: 'The code, the input data, the files or the options cannot be used.',
    hint: 'Correct the named argument and call again.',
    stillUsable: 'Everything: nothing was started.',
    exitCode: 2,
    httpStatus: 400,
  },
  PYTHON_NOT_FOUND: {
    summary: 'No usable CPython 3.9 or later was found.',
    hint: 'Install python3, or set pythonExecutable to a CPython 3.9 or later.',
    stillUsable: 'Everything: nothing was started.',
    exitCode: 70,
    httpStatus: 503,
  },
  SANDBOX_UNAVAILABLE: {
    summary: 'This machine cannot give the isolation that the policy asks for.',
    hint: 'Run `npx pungi doctor` for each missing layer and its fix.',
    stillUsable: 'Other policies that ask for less by name.',
    exitCode: 70,
    httpStatus: 503,
  },
  SANDBOX_FAILED: {
    summary: 'A layer of the jail could not be applied or proved; user code did not run.',
    hint: 'Run `npx pungi doctor`; if it shows all layers held, report this error with its details.',
    stillUsable: 'The library; this run did not start.',
    exitCode: 70,
    httpStatus: 500,
  },
  START_FAILED: {
    summary: 'The Python interpreter or the supervisor did not start, died or hung before it was ready.',
    hint: 'Run the named interpreter by hand with `-I -c pass` and mend what it prints.',
    stillUsable: 'The library; this run did not start.',
    exitCode: 70,
    httpStatus: 500,
  },
  ENVIRONMENT_FAILED: {
    summary: 'A managed virtual environment could not be made or removed.',
    hint: 'Mend what is said of it, then create it again.',
    stillUsable: 'Everything: nothing half made is left.',
    exitCode: 70,
    httpStatus: 500,
  },
  PRELOAD_FAILED: {
    summary: 'A module named in preload could not be imported.',
    hint: 'Install the module for the named interpreter, or take it out of preload.',
    stillUsable: 'The library; this runner was not made.',
    exitCode: 70,
    httpStatus: 500,
  },
  QUEUE_FULL: {
    summary: 'As many runs as maxPending allows are waiting already.',
    hint: 'Wait for some of them, or raise warm.maxPending or warm.size.',
    stillUsable: 'The runner and all runs that it took; this run did not start.',
    exitCode: 70,
    httpStatus: 503,
  },
  SESSION_ENDED: {
    summary: 'The session has ended: it was closed, was idle for too long, or its process died.',
    hint: 'Call `session.reset()` to go on with an empty interpreter, or open another session.',
    stillUsable: 'The runner and its other sessions; this step did not start.',
    exitCode: 70,
    httpStatus: 410,
  },
  FORK_REFUSED: {
    summary: 'The session cannot be forked as it is.',
    hint: 'Let its threads and child processes end, close its sockets and pipes, then fork again.',
    stillUsable: 'The session, the runner and its other sessions; no branch was made.',
    exitCode: 70,
    httpStatus: 409,
  },
  SESSION_LIMIT: {
    summary: 'As many sessions as maxSessions allows are living already.',
    hint: 'Close one of them, or raise maxSessions of createRunner.',
    stillUsable: 'The runner and its sessions; this session was not opened.',
    exitCode: 70,
    httpStatus: 503,
  },
  RUNNER_CLOSED: {
    summary: 'The runner was closed.',
    hint: 'Make a new one by createRunner.',
    stillUsable: 'The library; this run did not start.',
    exitCode: 70,
    httpStatus: 503,
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;
