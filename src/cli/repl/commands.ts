import { formatBytes } from '../../result/quantities.js';
import type { Checkpoint, Session } from '../../session/session.js';
import { jsonLine } from '../json-line.js';
import type { Screen } from '../screen.js';

/** The session of a prompt, and the copies that were kept of it. */
export interface ReplState {
  readonly session: Session;
  readonly kept: Map<string, Checkpoint>;
  /** Answers are one JSON object each. */
  readonly json: boolean;
}

interface ReplCommand {
  readonly usage: string;
  readonly summary: string;
  run(state: ReplState, argument: string, screen: Screen): Promise<void> | void;
}

const LAST = 'last';

const COMMANDS: Readonly<Record<string, ReplCommand>> = {
  vars: { usage: '%vars', summary: 'the variables of the session', run: showVariables },
  files: { usage: '%files', summary: 'the files of its working directory', run: showFiles },
  fork: {
    usage: '%fork [NAME]',
    summary: 'keep a copy of the interpreter as it is now',
    async run({ session, kept }, name, screen) {
      const before = kept.get(name || LAST);
      kept.set(name || LAST, await session.checkpoint());
      await before?.close();
      screen.note(
        'hint',
        `kept as '${name || LAST}'; %restore${name === '' ? '' : ` ${name}`} goes back to it`,
      );
    },
  },
  restore: {
    usage: '%restore [NAME]',
    summary: 'go back to a copy that was kept',
    async run({ session, kept }, name, screen) {
      const checkpoint = kept.get(name || LAST);
      if (checkpoint === undefined) {
        const names = [...kept.keys()].map((each) => `'${each}'`).join(', ') || 'none';
        screen.note('error', `no copy is kept as '${name || LAST}'; kept: ${names}. %fork keeps one.`);
        return;
      }
      await session.restore(checkpoint);
    },
  },
  reset: {
    usage: '%reset',
    summary: 'go on with an empty interpreter and an empty directory',
    run: ({ session }) => session.reset(),
  },
  help: {
    usage: '%help',
    summary: 'this list',
    run(_state, _argument, screen) {
      for (const { usage, summary } of Object.values(COMMANDS))
        screen.answer(`${usage.padEnd(18)}${summary}`);
      screen.answer(`${'%quit, Ctrl-D'.padEnd(18)}leave`);
      screen.answer(`${'Ctrl-C'.padEnd(18)}interrupt the step; what was defined stays`);
    },
  },
};

export const COMMAND_NAMES: readonly string[] = [...Object.keys(COMMANDS), 'quit'];

export function isQuit(text: string): boolean {
  return /^(%quit|%exit|(exit|quit)(\(\))?)$/.test(text.trim());
}

/** Does what `%word argument` says; text that does not begin with `%` is none. */
export async function runReplCommand(text: string, state: ReplState, screen: Screen): Promise<void> {
  const [, word = '', argument = ''] = /^%(\S*)\s*(.*)$/.exec(text.trim()) ?? [];
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  if (command === undefined) {
    const names = COMMAND_NAMES.map((name) => `%${name}`).join(', ');
    screen.note('error', `unknown command '%${word}'; known: ${names}.`);
    return;
  }
  await command.run(state, argument, screen);
}

async function showVariables({ session, json }: ReplState, _argument: string, screen: Screen): Promise<void> {
  const variables = await session.vars();
  if (json) {
    screen.answer(jsonLine({ variables }));
    return;
  }
  if (variables.length === 0) screen.note('hint', 'no variables yet');
  const widest = Math.max(0, ...variables.map(({ name }) => name.length));
  const widestType = Math.max(0, ...variables.map(({ type }) => type.length));
  for (const { name, type, repr } of variables) {
    const line = repr.replaceAll(/\s+/g, ' ');
    screen.answer(`${name.padEnd(widest)}  ${type.padEnd(widestType)}  ${line}`);
  }
}

async function showFiles({ session, json }: ReplState, _argument: string, screen: Screen): Promise<void> {
  const files = await session.files.list();
  if (json) {
    screen.answer(jsonLine({ files }));
    return;
  }
  if (files.length === 0) screen.note('hint', 'no files yet');
  for (const { name, sizeBytes } of files) screen.answer(`${formatBytes(sizeBytes).padStart(10)}  ${name}`);
}
