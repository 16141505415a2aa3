import type { ResolvedPolicy } from '../../policy/resolved-policy.js';
import type { Statement } from './describe-sandbox.js';
import type { Inventory } from './inventory.js';
import { mayImport } from './may-import.js';

const MOST_PACKAGES = 80;

const RESULTS: Readonly<Record<ResolvedPolicy['resultFrom'], string>> = {
  either:
    'The result of a program is the variable `result`, or the value of its last expression when `result` is not assigned.',
  variable:
    'The result of a program is the variable `result`; the value of a last expression is not returned.',
  expression:
    'The result of a program is the value of its last expression; a variable `result` is not returned.',
  none: 'Only what a program prints and writes is returned: it has no other result.',
};

/** What programs find, may import and may write. */
export function describeLanguage(policy: ResolvedPolicy, inventory: Inventory): readonly Statement[] {
  return [
    { id: 'input', text: inputText(policy) },
    ...when(
      'constants',
      Object.keys(policy.extraGlobals),
      (names) => `These variables are set: ${code(names)}.`,
    ),
    { id: 'result', text: RESULTS[policy.resultFrom] },
    { id: 'imports', text: importText(policy) },
    { id: 'packages', text: packageText(policy, inventory) },
    ...builtinStatements(policy),
    ...callStatements(policy),
    ...flag('definitions', policy.banDefinitions, 'Functions, classes and lambdas cannot be defined.'),
    ...flag(
      'dunders',
      policy.banDunders,
      'Names with two underscores at both ends, such as `__class__`, cannot be used; methods such as `__init__` can be defined.',
    ),
    ...when(
      'syntax',
      Object.keys(policy.bannedSyntax),
      (names) =>
        `These kinds of syntax (as the module ast names them) and calls are refused: ${code(names)}.`,
    ),
    ...flag(
      'fences',
      policy.stripFences,
      'A program may stand in a Markdown fence; only what is in the fence is run.',
    ),
    ...flag(
      'deterministic',
      policy.deterministic !== 'off',
      'Random numbers, hashes, identifiers and the order of directories are the same in every run.',
    ),
    ...clockStatements(policy),
  ];
}

function inputText({ allowedGlobals, blockedGlobals }: ResolvedPolicy): string {
  const held = 'Input data, if there is any, is in the variable `input_data`';
  if (allowedGlobals !== 'any') {
    const open = allowedGlobals.filter((name) => !blockedGlobals.includes(name));
    return open.length === 0 ? `${held} only.` : `${held}; of its keys ${code(open)} are variables, too.`;
  }
  const but = blockedGlobals.length === 0 ? '' : ` except ${code(blockedGlobals)}`;
  return `${held}; its keys that are names without a leading underscore are variables, too${but}.`;
}

function importText({ allowedImports, blockedImports }: ResolvedPolicy): string {
  const but = blockedImports.length === 0 ? '' : `; these cannot be imported: ${code(blockedImports)}`;
  if (allowedImports === 'any') {
    return blockedImports.length === 0
      ? 'Every module that is installed can be imported.'
      : `Modules that are installed can be imported${but}.`;
  }
  if (allowedImports.length === 0) return 'No module can be imported.';
  return `Only these modules can be imported: ${code(allowedImports)}${but}.`;
}

function packageText(policy: ResolvedPolicy, { packages }: Inventory): string {
  const open = packages.flatMap(({ name, version, modules }) => {
    const importable = modules.filter((module) => mayImport(policy, module));
    if (importable.length === 0) return [];
    const isOwnName = importable.length === 1 && importable[0] === name;
    return [`${name} ${version}${isOwnName ? '' : ` (import ${importable.slice(0, 5).join(', ')})`}`];
  });
  if (open.length === 0) return 'No packages beside the standard library can be imported.';
  const more = open.length > MOST_PACKAGES ? `, and ${open.length - MOST_PACKAGES} more` : '';
  return `Packages that are installed beside the standard library: ${open.slice(0, MOST_PACKAGES).join(', ')}${more}.`;
}

function builtinStatements({ allowedBuiltins, blockedBuiltins }: ResolvedPolicy): readonly Statement[] {
  const blocked = when(
    'builtins',
    blockedBuiltins,
    (names) => `These builtins cannot be used: ${code(names)}.`,
  );
  if (allowedBuiltins === 'any') return blocked;
  const open = allowedBuiltins.filter((name) => !blockedBuiltins.includes(name));
  const text =
    open.length === 0
      ? 'No builtins can be used but constants and exceptions.'
      : `Only these builtins can be used, beside constants and exceptions: ${code(open)}.`;
  return [{ id: 'builtins', text }];
}

function callStatements({ allow }: ResolvedPolicy): readonly Statement[] {
  if (allow === 'off' || allow.everything) return [];
  const names = allow.entries.flatMap(({ name, members }) =>
    members === 'all' ? [`${name}.*`] : [name, ...members.map((member) => `${name}.${member.name}`)],
  );
  const more = names.length === 0 ? '' : `, and these: ${code(names)}`;
  const text = `Only functions and classes of the program itself, safe builtins and safe parts of the standard library can be called${more}.`;
  return [{ id: 'calls', text }];
}

function clockStatements({ clock }: ResolvedPolicy): readonly Statement[] {
  if (clock === 'host') return [];
  if (clock.kind === 'frozen') {
    return [{ id: 'clock', text: `The clock stands still at ${new Date(clock.epochMs).toISOString()}.` }];
  }
  const seconds = Math.abs(clock.offsetMs) / 1000;
  return [{ id: 'clock', text: `The clock is ${seconds} s ${clock.offsetMs < 0 ? 'behind' : 'ahead'}.` }];
}

function flag(id: string, holds: boolean, text: string): readonly Statement[] {
  return holds ? [{ id, text }] : [];
}

function when(
  id: string,
  names: readonly string[],
  text: (names: readonly string[]) => string,
): readonly Statement[] {
  return names.length === 0 ? [] : [{ id, text: text(names) }];
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
