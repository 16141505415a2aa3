import type { ResolvedPolicy } from '../../policy/resolved-policy.js';

/** Whether user code may import a module: the rule of `policy/imports.py`, for describing it. */
export function mayImport(
  { allowedImports, blockedImports }: Pick<ResolvedPolicy, 'allowedImports' | 'blockedImports'>,
  module: string,
): boolean {
  const isOrHolds = (entry: string): boolean => module === entry || module.startsWith(`${entry}.`);
  if (blockedImports.some(isOrHolds)) return false;
  if (allowedImports === 'any') return true;
  // What leads to an allowed submodule is imported with it.
  return allowedImports.some((entry) => isOrHolds(entry) || entry.startsWith(`${module}.`));
}
