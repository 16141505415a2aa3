import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MOST_LINES = 1000;

/** `$XDG_STATE_HOME/pungi/repl-history`. */
export function historyFile(home: string, env: Readonly<Record<string, string | undefined>>): string {
  const state = env['XDG_STATE_HOME'];
  const base = state?.startsWith('/') === true ? state : join(home, '.local', 'state');
  return join(base, 'pungi', 'repl-history');
}

/** The newest line first, as readline has it; none where there is no file yet. */
export function readHistory(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line !== '').reverse();
  } catch {
    return [];
  }
}

/** Why the history could not be kept; `null` when it was. */
export function keepHistory(file: string, lines: readonly string[]): string | null {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const kept = lines.slice(0, MOST_LINES).reverse();
    writeFileSync(file, kept.map((line) => `${line}\n`).join(''), { mode: 0o600 });
    return null;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
