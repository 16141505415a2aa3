import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NUMBERS } from './variants.js';

const X64_HEADER = '/usr/include/x86_64-linux-gnu/asm/unistd_64.h';
const GENERIC_HEADER = '/usr/include/asm-generic/unistd.h';

/** Names that a 64-bit port gives to the shared numbers of the generic table. */
const LONG_NAMES: Readonly<Record<string, string>> = { fstatat: 'newfstatat' };

const missing = (path: string): string => (existsSync(path) ? '' : ` (skipped: no ${path})`);

test.skipIf(!existsSync(X64_HEADER))(`x64 has the numbers of the header${missing(X64_HEADER)}`, () => {
  const header = readFileSync(X64_HEADER, 'utf8');
  const seen = [...header.matchAll(/^#define __NR_(\w+) (\d+)$/gm)];
  expect(seen.length).toBeGreaterThan(350);
  const wrong = seen.filter(([, name, number]) => NUMBERS.x64.get(name ?? '') !== Number(number));
  expect(wrong.map(([line]) => line)).toEqual([]);
});

test.skipIf(!existsSync(GENERIC_HEADER))(
  `arm64 has the numbers of the header${missing(GENERIC_HEADER)}`,
  () => {
    const header = readFileSync(GENERIC_HEADER, 'utf8');
    const seen = [...header.matchAll(/^#define __NR(3264)?_(\w+) (\d+)$/gm)]
      .map(([line, shared, name = '', number]) => ({
        line,
        name: shared === undefined ? name : (LONG_NAMES[name] ?? name),
        number: Number(number),
      }))
      // The second set of numbers is for 32-bit ports alone, sync_file_range2 for those with few registers.
      .filter(
        ({ name, number }) =>
          !(number >= 403 && number <= 423) &&
          !/^(arch_specific_syscall|syscalls|sync_file_range2)$/.test(name),
      );
    expect(seen.length).toBeGreaterThan(290);
    const wrong = seen.filter(({ name, number }) => NUMBERS.arm64.get(name) !== number);
    expect(wrong.map(({ line }) => line)).toEqual([]);
  },
);

test('from 424 on both architectures have the same numbers', () => {
  const recent = (numbers: ReadonlyMap<string, number>): unknown =>
    [...numbers].filter(([, number]) => number >= 424);
  expect(recent(NUMBERS.x64)).toEqual(recent(NUMBERS.arm64));
});

test.each(['x64', 'arm64'] as const)('on %s no two calls have one number', (architecture) => {
  const numbers = [...NUMBERS[architecture].values()];
  expect(new Set(numbers).size).toBe(numbers.length);
});
