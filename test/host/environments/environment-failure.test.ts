import { expect, test } from 'vitest';
import { environmentFailure } from '../../../src/host/environments/environment-failure.js';
import type { EndedProcess } from '../../../src/spawn/run-to-end.js';

const ENDED: EndedProcess = {
  exitCode: 1,
  signal: null,
  stdout: '',
  stderr: '',
  timedOut: false,
  tooMuch: false,
  spawnError: null,
};

test.each<[given: Partial<EndedProcess>, message: string]>([
  [
    { stderr: 'No module named pip: this Python has no ensurepip, or no wheel of pip for it\n' },
    'this Python comes without venv or pip: No module named pip: this Python has no ensurepip, or no wheel of pip for it',
  ],
  [
    { stderr: '/usr/bin/python3: No module named venv\n' },
    'this Python comes without venv or pip: /usr/bin/python3: No module named venv',
  ],
  [
    {
      stderr:
        "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError(...)': /simple/numpy/\nERROR: Could not find a version that satisfies the requirement numpy==1\nERROR: No matching distribution found for numpy==1\n",
    },
    'the package index cannot be reached: No matching distribution found for numpy==1',
  ],
  [
    { stderr: 'ERROR: No matching distribution found for numpy==1\n\nnotice\n' },
    'there is no wheel of that version for this Python: No matching distribution found for numpy==1',
  ],
  [
    {
      stderr:
        'ERROR: Cannot install a==1 and b==2 because these package versions have conflicting dependencies.\n',
    },
    'the packages cannot be installed together: Cannot install a==1 and b==2 because these package versions have conflicting dependencies.',
  ],
  [
    { stderr: "OSError: [Errno 28] No space left on device: '/x'\n" },
    "the disk is full: OSError: [Errno 28] No space left on device: '/x'",
  ],
  [{ exitCode: 7, stdout: 'odd\n' }, 'pip ended with code 7: odd'],
  [{ exitCode: null, signal: 'SIGKILL', timedOut: true }, 'it took too long'],
  [{ exitCode: null, signal: 'SIGTERM', tooMuch: true }, 'it printed without end'],
  [{ exitCode: null, spawnError: new Error('spawn ENOENT') }, 'spawn ENOENT'],
])('%j', (given, message) => {
  const error = environmentFailure('data', 'pip', { ...ENDED, ...given });
  expect([error.code, error.message]).toEqual([
    'ENVIRONMENT_FAILED',
    `The environment 'data' could not be made: ${message}`,
  ]);
});
