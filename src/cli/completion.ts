import type { Command, Option } from 'commander';
import { nearest } from '../policy/nearest.js';
import { UsageError } from './usage-error.js';

interface Level {
  /** Empty for `pungi` itself, else `run`, `policy show`. */
  readonly path: string;
  readonly commands: readonly Command[];
  readonly options: readonly Option[];
}

const SHELLS: ReadonlyMap<string, (levels: readonly Level[]) => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);

/** The script that teaches a shell the commands and options, made from the program itself. */
export function completionScript(shell: string, program: Command): string {
  const write = SHELLS.get(shell);
  if (write !== undefined) return write(levelsOf(program, ''));
  const meant = nearest(shell, [...SHELLS.keys()]);
  throw new UsageError(
    `There is no completion for '${shell}'; allowed: 'bash', 'zsh' or 'fish'.`,
    meant === null ? null : `Type \`pungi completion ${meant}\`.`,
  );
}

function levelsOf(command: Command, path: string): readonly Level[] {
  const { commands } = command;
  const options = command.createHelp().visibleOptions(command);
  const inner = commands.flatMap((child) => levelsOf(child, `${path} ${child.name()}`.trim()));
  return [{ path, commands, options }, ...inner];
}

function wordsOf({ commands, options }: Level): string {
  const names = options.flatMap(({ short, long }) => [long, short].filter((name) => name !== undefined));
  return [...commands.map((command) => command.name()), ...names].join(' ');
}

/** Walks the words that stand already, and leaves the path of the command in `command`. */
function walk(levels: readonly Level[], words: string): string {
  const known = levels.filter(({ path }) => path !== '');
  return [
    `  for word in ${words}; do`,
    '    case "$command $word" in',
    `      ${known.map(({ path }) => `" ${path}"`).join('|')}) command="$command $word" ;;`,
    '    esac',
    '  done',
  ].join('\n');
}

/** The words of bash before the one that is typed. */
const BEFORE = `"\${COMP_WORDS[@]:1:COMP_CWORD-1}"`;

function bash(levels: readonly Level[]): string {
  const cases = levels.map((level) => `    "${lead(level)}") known="${wordsOf(level)}" ;;`);
  return `# Completion of pungi for bash: eval "$(pungi completion bash)"
_pungi() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="" known="" word
${walk(levels, BEFORE)}
  case "$command" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$known" -- "$current"))
}
complete -o default -F _pungi pungi`;
}

function zsh(levels: readonly Level[]): string {
  const cases = levels.map((level) => `    "${lead(level)}") compadd -- ${wordsOf(level)} ;;`);
  return `#compdef pungi
# Completion of pungi for zsh: source <(pungi completion zsh)
_pungi() {
  local before command="" word
  before=(\${words[2,CURRENT-1]})
${walk(levels, '$before')}
  case "$command" in
${cases.join('\n')}
  esac
  _files
}
compdef _pungi pungi`;
}

function fish(levels: readonly Level[]): string {
  const lines = levels.flatMap(({ path, commands, options }) => {
    const last = path.split(' ').at(-1);
    const when = path === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${last}`;
    return [
      ...commands.map((command) => fishLine(when, `-a ${command.name()}`, command.summary())),
      ...options.map((option) => fishLine(when, fishOption(option), option.description)),
    ];
  });
  return ['# Completion of pungi for fish: pungi completion fish | source', ...lines].join('\n');
}

function fishLine(when: string, what: string, text: string): string {
  return `complete -c pungi -n '${when}' ${what} -d '${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function fishOption({ long, short, required }: Option): string {
  const names = [long?.replace('--', '-l '), short?.replace('-', '-s ')].filter((name) => name !== undefined);
  return [...names, ...(required ? ['-r'] : [])].join(' ');
}

function lead({ path }: Level): string {
  return path === '' ? '' : ` ${path}`;
}
