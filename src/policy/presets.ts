import { DATA_MODULES } from './data-modules.js';
import { deepFreeze } from './deep-freeze.js';
import { SAFE_MODULES } from './safe-modules.js';
import type { RunnerPolicy } from './schema.js';
import { TEACHING_BUILTINS, TEACHING_MODULES } from './teaching-rules.js';

function names(rows: readonly { readonly name: string }[]): readonly string[] {
  return rows.map((row) => row.name);
}

export type PresetName = 'agent' | 'strict' | 'teaching' | 'data';

/**
 * Ready-made policies to spread into one's own: `{ ...presets.agent, timeoutSeconds: 30 }`.
 * None of them changes the isolation: the kernel layers are the same in all.
 */
export const presets: Readonly<Record<PresetName, RunnerPolicy>> = deepFreeze({
  /** For code of a language model: every import is open, since the kernel holds. */
  agent: { blockedImports: [] },
  /** For formulas and data shaping: only modules of the standard library that compute. */
  strict: { allowedImports: names(SAFE_MODULES) },
  /** For first courses and exercises: few modules, no dunders, no code from text, no files. */
  teaching: {
    allowedImports: names(TEACHING_MODULES),
    blockedBuiltins: names(TEACHING_BUILTINS),
    banDunders: true,
  },
  /** For analyses: the usual packages for tables, numbers and charts, with room to work in. */
  data: {
    allowedImports: [...names(SAFE_MODULES), ...names(DATA_MODULES)],
    timeoutSeconds: 60,
    memoryLimitMb: 1024,
    diskLimitMb: 256,
  },
});

/** Why each preset sets what it sets beside its lists, for the docs. */
export const PRESET_REASONS: Readonly<Record<PresetName, readonly string[]>> = {
  agent: ['`blockedImports: []`: a model may import anything, since the kernel holds, not the list.'],
  strict: [
    '`allowedImports`, the table below: modules that compute and reach nothing outside of the process.',
  ],
  teaching: [
    '`allowedImports`, the table below: what exercises of a first course need.',
    '`blockedBuiltins`, the table below: code from text, files, and what ends or stops the program.',
    '`banDunders: true`: the inside of objects is not the subject; methods such as `__init__` can be written.',
  ],
  data: [
    '`allowedImports`: what `strict` has, and the table below.',
    '`timeoutSeconds: 60`: importing the packages cold takes seconds.',
    '`memoryLimitMb: 1024`: the packages alone take up to 300 MB, and tables are held several times over.',
    '`diskLimitMb: 256`: charts, workbooks and tables are written as files.',
  ],
};
