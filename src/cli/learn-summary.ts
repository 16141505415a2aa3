import { dirname, join } from 'node:path';
import type { Learning, Need } from '../learn/learning.js';
import { optionWords } from '../policy/policy-names.js';
import { formatSeconds } from '../result/quantities.js';
import type { RunError } from '../result/run-result.js';
import type { LearnFlags } from './learn-flags.js';
import type { Screen } from './screen.js';

export interface LearnPlace {
  readonly file: string;
  readonly flags: LearnFlags;
  /** What stands after `--`. */
  readonly argv: readonly string[];
  readonly screen: Screen;
}

/** What was found, in words, on stderr: faults always, the rest unless `--quiet`. */
export function showLearning(learning: Learning, place: LearnPlace): void {
  const { screen, flags, file } = place;
  const { policy, result, needs, notes, used, verification } = learning;
  const isQuiet = flags.quiet === true;
  showEnding(learning, place);
  for (const need of needs) screen.note('warning', needText(need, file));
  for (const note of notes) screen.note('warning', note);
  if (verification.state === 'failed' && verification.result !== null) {
    const { status, error } = verification.result;
    screen.note(
      'error',
      `Under this policy it ends with ${status}${error === null ? '' : `: ${oneLine(String(error))}`}`,
    );
  }
  if (isQuiet || policy === null) return;
  const { wallMs, peakMemoryMb } = result.usage;
  screen.note(
    'plain',
    `watched ${file}: ${result.status}, ${formatSeconds(wallMs)}, ${Math.ceil(peakMemoryMb)} MB`,
  );
  tell('programs that it started', used.programs, screen);
  tell('hosts that it asked for', used.hosts, screen);
  tell('files that it read', used.files, screen);
  if (verification.state === 'skipped') screen.note('plain', 'not run again under this policy');
  if (verification.state !== 'passed') return;
  const more = verification.rounds === 1 ? '' : `, which took ${verification.rounds} rounds`;
  screen.note('plain', `ran again under this policy and passed${more}`);
  screen.note('hint', `next: ${nextCommand(learning, place)}`);
}

function showEnding({ policy, result }: Learning, { screen, file, flags }: LearnPlace): void {
  if (result.ok) return;
  const { error } = result;
  // Python has printed its own traceback already, unless nobody listened.
  if (flags.quiet === true && error !== null && error.traceback !== '') {
    screen.note('plain', error.traceback.trimEnd());
  }
  if (policy === null) {
    screen.note('error', nothingLearnt(file, error));
    if (error?.traceback === '')
      screen.note('hint', 'hint: --timeout, --memory and the other limits give it more room.');
    return;
  }
  screen.note(
    'error',
    `The program failed while it was watched (${result.status}): the policy holds only what it came to.`,
  );
}

function nothingLearnt(file: string, error: RunError | null): string {
  if (error === null) return `Nothing was learnt from '${file}'.`;
  return error.traceback === ''
    ? `Nothing was learnt from '${file}': ${oneLine(String(error))}.`
    : `'${file}' is no Python that can be run: ${oneLine(String(error))}`;
}

function needText({ key, value, denial: { message, hint, line } }: Need, file: string): string {
  const where = line === null || message.includes(`line ${line}`) ? '' : ` (line ${line})`;
  const text = `Refused${where}: ${oneLine(message)}`;
  if (key === null) return `${text} ${oneLine(hint)}`;
  const option = value === true ? `--${optionWords(key)}` : `--${optionWords(key)} ${quoted(String(value))}`;
  return `${text} To let it: pungi learn ${option} ${quoted(file)}`;
}

function nextCommand({ used }: Learning, { file, flags, argv }: LearnPlace): string {
  const given = new Set((flags.file ?? []).map((pair) => pair.slice(0, pair.indexOf('='))));
  const beside = used.files
    .filter((name) => !given.has(name))
    .map((name) => `${name}=${dirname(file) === '.' ? name : join(dirname(file), name)}`);
  const files = [...(flags.file ?? []), ...beside].flatMap((pair) => ['--file', quoted(pair)]);
  const policy = flags.output ?? (flags.toml === true ? 'policy.toml' : 'policy.json');
  const input = flags.input === undefined ? [] : ['--input', quoted(flags.input)];
  const after = argv.length === 0 ? [] : ['--', ...argv.map(quoted)];
  return ['pungi run', quoted(file), '--policy', quoted(policy), ...files, ...input, ...after].join(' ');
}

function tell(what: string, names: readonly string[], screen: Screen): void {
  if (names.length === 0) return;
  const shown = names.slice(0, 8).map(oneLine);
  const more = names.length > shown.length ? `, and ${names.length - shown.length} more` : '';
  screen.note('plain', `${what}: ${shown.join(', ')}${more}`);
}

/** A name that the program chose: on one line, so that it cannot pass for a line of ours. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?');
}

/** As a shell takes it. */
function quoted(given: string): string {
  const text = oneLine(given);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
