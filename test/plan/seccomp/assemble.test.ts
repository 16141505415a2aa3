import { describe, expect, test } from 'vitest';
import { assemble, type Instruction } from '../../../src/plan/seccomp/assemble.js';
import { ARCHITECTURES, interpret } from './interpret.js';

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;

const run = (source: readonly Instruction[], number: number): string =>
  interpret(assemble(source).program, { architecture: ARCHITECTURES.x64, number }).action;

test('an instruction is eight bytes, little endian', () => {
  const { program } = assemble([
    { op: 'load', offset: 4 },
    { op: 'branch', test: 'equal', value: 0xc000003e, yes: 'next', no: 'end' },
    { op: 'and', mask: 0x01020304 },
    { op: 'label', name: 'end' },
    { op: 'return', value: ALLOW },
  ]);
  expect(Buffer.from(program).toString('hex').match(/.{16}/g)).toEqual([
    '2000000004000000',
    '150000013e0000c0',
    '5400000004030201',
    '060000000000ff7f',
  ]);
});

describe('jumps beyond a byte', () => {
  const padding = (count: number): Instruction[] =>
    Array.from({ length: count }, () => ({ op: 'and', mask: 0xff }) as const);
  const program = (distance: number, yes: string, no: string): Instruction[] => [
    { op: 'load', offset: 0 },
    { op: 'branch', test: 'at-least', value: 7, yes, no },
    ...padding(distance),
    { op: 'return', value: ALLOW },
    { op: 'label', name: 'far' },
    { op: 'return', value: KILL },
  ];

  test.each([0, 253, 254, 255, 256, 1000])('%i instructions away, taken either way', (distance) => {
    expect(run(program(distance, 'far', 'next'), 7)).toBe('kill');
    expect(run(program(distance, 'far', 'next'), 6)).toBe('allow');
    expect(run(program(distance, 'next', 'far'), 6)).toBe('kill');
    expect(run(program(distance, 'next', 'far'), 7)).toBe('allow');
    expect(run(program(distance, 'far', 'far'), 7)).toBe('kill');
  });

  test('only those that need it are long', () => {
    expect(assemble(program(254, 'far', 'next')).program.length / 8).toBe(254 + 4);
    expect(assemble(program(255, 'far', 'next')).program.length / 8).toBe(255 + 6);
  });

  test('slots are counted after jumps have grown', () => {
    const { pidSlots } = assemble([
      ...program(300, 'far', 'next'),
      { op: 'branch', test: 'equal', value: 'own-pid', yes: 'next', no: 'next' },
      { op: 'return', value: KILL },
    ]);
    expect(pidSlots).toEqual([306]);
  });
});

test.each<[string, Instruction[]]>([
  ['No label gone.', [{ op: 'jump', to: 'gone' }]],
  [
    'Label back lies behind; classic BPF jumps forward only.',
    [
      { op: 'label', name: 'back' },
      { op: 'jump', to: 'back' },
    ],
  ],
  [
    'Label twice is there twice.',
    [
      { op: 'label', name: 'twice' },
      { op: 'label', name: 'twice' },
    ],
  ],
  [
    'The seccomp program has 4097 instructions; the kernel takes 4096.',
    Array.from({ length: 4097 }, () => ({ op: 'return', value: ALLOW }) as const),
  ],
])('%s', (message, source) => {
  expect(() => assemble(source)).toThrow(message);
});
