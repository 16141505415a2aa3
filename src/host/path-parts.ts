/** Whether `path` is `ancestor` or lies beneath it, by path parts. */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(ancestor === '/' ? '/' : `${ancestor}/`);
}

/** Sorted, each once, and without those that lie beneath another. */
export function outermost(paths: readonly string[]): readonly string[] {
  const distinct = [...new Set(paths)].sort();
  return distinct.filter((path) => !distinct.some((other) => other !== path && isWithin(path, other)));
}
