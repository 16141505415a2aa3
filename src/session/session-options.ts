import { collectFunctions, type FunctionSet } from '../functions/collect-functions.js';
import type { HostFunctions } from '../functions/host-function.js';
import { badSetting } from '../job/invalid-input.js';
import { readNamed } from '../job/read-named.js';

export interface SessionOptions {
  /** After so many seconds without a step the session is closed; 600 by default. */
  readonly idleSeconds?: number | undefined;
  /** How long a step that was interrupted may go on before its session is ended, in seconds; 1 by default. */
  readonly graceSeconds?: number | undefined;
  /** Functions of the host for all steps, beside those of the runner and of each step. */
  readonly functions?: HostFunctions | undefined;
}

export interface ResolvedSession {
  readonly idleMs: number;
  readonly graceMs: number;
  /** `null`: none of its own. */
  readonly functions: FunctionSet | null;
}

const DEFAULTS = { idleSeconds: 600, graceSeconds: 1 };
const LONGEST = { idleSeconds: 86_400, graceSeconds: 60 };
const DEFAULT_MAX_SESSIONS = 16;
const MOST_SESSIONS = 1024;

/** Throws `INVALID_INPUT` for the first thing wrong. */
export function resolveSession(options: unknown): ResolvedSession {
  const given = readNamed('session', options, [...Object.keys(DEFAULTS), 'functions']);
  return {
    idleMs: secondsOf('idleSeconds', given['idleSeconds']) * 1000,
    graceMs: secondsOf('graceSeconds', given['graceSeconds']) * 1000,
    functions: given['functions'] === undefined ? null : collectFunctions(given['functions']),
  };
}

/** How many sessions of one runner may live at once; 16 by default. */
export function resolveMaxSessions(given: unknown): number {
  if (given === undefined) return DEFAULT_MAX_SESSIONS;
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0 && given <= MOST_SESSIONS)
    return given;
  throw badSetting('maxSessions', given, `a whole number from 0 to ${MOST_SESSIONS}`);
}

function secondsOf(name: keyof typeof DEFAULTS, given: unknown): number {
  if (given === undefined) return DEFAULTS[name];
  if (typeof given === 'number' && given > 0 && given <= LONGEST[name]) return given;
  throw badSetting(`session.${name}`, given, `a number above 0 and at most ${LONGEST[name]}`);
}
