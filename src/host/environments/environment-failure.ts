import { PungiError } from '../../errors/pungi-error.js';
import type { EndedProcess } from '../../spawn/run-to-end.js';

/** Words of venv or pip, and what to do about them; the first that matches is the one. */
const CAUSES: readonly (readonly [words: RegExp, message: string, hint: string])[] = [
  [
    /ensurepip is not|No module named (ensurepip|pip|venv)|ensurepip.*returned non-zero/s,
    'this Python comes without venv or pip',
    'Install them (Debian, Ubuntu: `apt-get install python3-venv`), or name another Python by --python.',
  ],
  [
    /NewConnectionError|Failed to establish a new connection|Temporary failure in name resolution|ConnectTimeoutError|ProxyError|Network is unreachable/,
    'the package index cannot be reached',
    'Look at the network and proxy, or point pip elsewhere: PIP_INDEX_URL, or PIP_NO_INDEX=1 with PIP_FIND_LINKS=DIRECTORY.',
  ],
  [
    /conflicting dependencies|ResolutionImpossible/,
    'the packages cannot be installed together',
    'Pin versions that fit each other.',
  ],
  [
    /No matching distribution found for/,
    'there is no wheel of that version for this Python',
    'Look for a version with a wheel, or name another Python by --python; nothing is built from source.',
  ],
  [/No space left on device/, 'the disk is full', 'Make room, or set XDG_DATA_HOME to another disk.'],
];

const MOST_SHOWN = 400;

/** Why an environment could not be made, from what the command said that was making it. */
export function environmentFailure(name: string, step: string, ended: EndedProcess): PungiError {
  const { exitCode, stdout, stderr } = ended;
  const said = `${stdout}\n${stderr}`;
  const found = CAUSES.find(([words]) => words.test(said));
  const line = lastLine(stderr) ?? lastLine(stdout);
  const quoted = line === null ? '' : `: ${line}`;
  return new PungiError(
    'ENVIRONMENT_FAILED',
    `The environment '${name}' could not be made: ${found?.[1] ?? endingOf(step, ended)}${quoted}`,
    { details: { name, step, exitCode, stderr: stderr.slice(-4000) }, ...(found && { hint: found[2] }) },
  );
}

function endingOf(step: string, { exitCode, signal, timedOut, tooMuch, spawnError }: EndedProcess): string {
  if (timedOut) return 'it took too long';
  if (tooMuch) return 'it printed without end';
  return spawnError?.message ?? `${step} ended with ${signal ?? `code ${exitCode}`}`;
}

/** The line that says what is wrong: pip's last ERROR, else the last one. */
function lastLine(text: string): string | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((one) => one.startsWith('ERROR: ')) ?? lines.at(-1);
  return line === undefined ? null : line.replace(/^ERROR: /, '').slice(0, MOST_SHOWN);
}
