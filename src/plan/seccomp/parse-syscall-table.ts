/** Reads lines such as `0 read write open`: the number of the first name, then names whose numbers follow on. */
export function parseSyscallTable(text: string): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const line of text.trim().split('\n')) {
    const [first, ...names] = line.split(' ');
    for (const [index, name] of names.entries()) numbers.set(name, Number(first) + index);
  }
  return numbers;
}
