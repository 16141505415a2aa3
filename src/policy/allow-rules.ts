import { z } from 'zod';
import { isModuleName, isPythonName } from './python-names.js';

const LONGEST_LIST = 1000;

const position = z.number().int().min(0).max(100);
const name = z.string().refine(isPythonName);

/** `numpy.array`, `numpy.*`, `*`. */
const entryName = z.string().max(255).refine(isEntryName);
const ownerName = z.string().refine(isModuleName);

const rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('argPath'), pos: position, kw: name.optional() }),
  z.strictObject({ kind: z.literal('selfPath'), pos: position.optional(), kw: name.optional() }),
  z.strictObject({ kind: z.literal('openMode') }),
  z.strictObject({
    kind: z.literal('extension'),
    allow: z
      .array(z.string().regex(/^\.[^./\0]+$/))
      .min(1)
      .max(LONGEST_LIST)
      .readonly(),
    pos: position.optional(),
    kw: name.optional(),
  }),
]);

const member = z.union([name, z.tuple([name, rule]).readonly()]);
const members = z.union([z.literal('*'), z.array(member).max(LONGEST_LIST).readonly()]);
const owner = z.record(ownerName, members);

export const allowSchema = z.union([
  z.literal('off'),
  z
    .array(z.union([entryName, z.record(entryName, members)]))
    .max(LONGEST_LIST)
    .readonly(),
]);

export const ALLOW_ALLOWED =
  "'off' or a list of dotted names (`'numpy.array'`, `'pandas.*'`, `'*'`) and objects of members with rules " +
  "(`{ 'pandas.DataFrame': ['head', ['to_csv', { kind: 'argPath', pos: 0, kw: 'path_or_buf' }]] }`); " +
  "kinds: 'argPath', 'selfPath', 'openMode', 'extension'";

/** What is looked at in the arguments of a callable, before it is called. Positions leave `self` out. */
export interface GuardRule {
  readonly kind: 'argPath' | 'selfPath' | 'openMode' | 'extension';
  readonly pos: number | null;
  readonly kw: string | null;
  /** Extensions with their dot; empty for other kinds. */
  readonly allow: readonly string[];
}

export interface AllowedMember {
  readonly name: string;
  readonly rule: GuardRule | null;
}

/** A callable, or the owner of callables. */
export interface AllowedEntry {
  readonly name: string;
  readonly members: 'all' | readonly AllowedMember[];
}

/** Guarded mode; `everything` leaves only the rules. */
export interface Allow {
  readonly everything: boolean;
  readonly entries: readonly AllowedEntry[];
}

export function resolveAllow(allow: z.output<typeof allowSchema>): 'off' | Allow {
  if (allow === 'off') return 'off';
  const entries = allow.flatMap((entry) => (typeof entry === 'string' ? [namedEntry(entry)] : owners(entry)));
  return {
    everything: allow.includes('*'),
    entries: entries.filter((entry) => entry.name !== '*'),
  };
}

function owners(entry: z.output<typeof owner>): readonly AllowedEntry[] {
  return Object.entries(entry).map(([ownerOf, given]) => ({
    name: ownerOf,
    members: given === '*' ? 'all' : given.map(resolveMember),
  }));
}

function resolveMember(given: z.output<typeof member>): AllowedMember {
  if (typeof given === 'string') return { name: given, rule: null };
  const [memberName, asked] = given;
  return {
    name: memberName,
    rule: {
      kind: asked.kind,
      pos: 'pos' in asked ? (asked.pos ?? null) : null,
      kw: 'kw' in asked ? (asked.kw ?? null) : null,
      allow: 'allow' in asked ? asked.allow : [],
    },
  };
}

function namedEntry(entry: string): AllowedEntry {
  return entry.endsWith('.*') ? { name: entry.slice(0, -2), members: 'all' } : { name: entry, members: [] };
}

function isEntryName(text: string): boolean {
  return text === '*' || isModuleName(text.endsWith('.*') ? text.slice(0, -2) : text);
}
