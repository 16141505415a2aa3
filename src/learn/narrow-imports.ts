import { isModuleName } from '../policy/python-names.js';

/** The shortest list that allows all of these: without what lies beneath another one, and what no policy can name. */
export function narrowImports(names: readonly string[]): readonly string[] {
  const modules = [...new Set(names)].filter(isModuleName).sort();
  return modules.filter((name) => !modules.some((other) => name.startsWith(`${other}.`)));
}
