import type { Validation, ValidationProblem } from '../engines/questions/validation.js';
import { validateCode } from '../validate-code.js';
import { EXIT_CODES } from './exit-codes.js';
import type { Interruption } from './interruption.js';
import { type PolicyPlaces, readPolicyFlags } from './policy-flags.js';
import type { PolicyFlags } from './policy-options.js';
import { type Program, readCode } from './read-code.js';
import { readStdin } from './read-stdin.js';
import { decodeText } from './read-text.js';
import type { Screen } from './screen.js';

export type ValidateFlags = PolicyFlags & {
  readonly code?: string;
  readonly json?: boolean;
};

export interface ValidateCommand {
  readonly file: string | undefined;
  readonly flags: ValidateFlags;
  readonly stdin: NodeJS.ReadStream;
  readonly places: PolicyPlaces;
  readonly screen: Screen;
  readonly interruption: Interruption;
}

/** `pungi validate`: reads a program under a policy, runs nothing of it. Gives the exit code. */
export async function validateCommand(command: ValidateCommand): Promise<number> {
  const { file, flags, stdin, places, screen, interruption } = command;
  const { policy } = readPolicyFlags(flags, places);
  const onWaiting = (): void => screen.note('hint', 'reading standard input to its end');
  const program = await readCode({
    file,
    code: flags.code,
    stdinIsTerminal: stdin.isTTY === true,
    readStdin: () => readStdin(stdin, { signal: interruption.signal, onWaiting }),
  });
  if (program === null) return EXIT_CODES.cancelled.code;
  const validation = await validateCode(textOf(program), policy);
  if (flags.json === true) screen.answer(JSON.stringify(validation));
  else show(validation, screen);
  return exitCodeOf(validation);
}

function textOf(program: Program): string {
  return program.kind === 'code'
    ? program.code
    : decodeText(program.content, `The program '${program.name}'`);
}

function show({ ok, problems }: Validation, screen: Screen): void {
  if (ok) screen.answer('ok: the policy lets this program start');
  for (const problem of problems) screen.answer(problemText(problem));
}

function problemText({ line, column, type, message, excerpt, suggestion }: ValidationProblem): string {
  const place = line === null ? '' : `line ${line}${column === null ? '' : `, column ${column}`}: `;
  const lines = [`${place}${type}: ${message}`];
  if (excerpt !== null) lines.push(excerpt.trimEnd());
  if (suggestion !== null) lines.push(`hint: ${suggestion}`);
  return lines.join('\n');
}

/** As `pungi run` would end: a refusal of the policy, or no Python at all. */
function exitCodeOf({ ok, problems }: Validation): number {
  if (ok) return EXIT_CODES.ok.code;
  return problems.some(({ kind }) => kind === 'policy') ? EXIT_CODES.blocked.code : EXIT_CODES.error.code;
}
