import type { SeccompOrders } from '../plan.js';
import { allowedOutright } from './allow-list.js';
import { KILL_PROCESS } from './answers.js';
import { argumentRules } from './argument-rules.js';
import { assemble, type Instruction } from './assemble.js';
import { compileRule } from './compile-rule.js';
import type { SeccompInputs } from './inputs.js';
import type { Rule } from './rule.js';
import { compileSearch, type NumberRange, type Target } from './search-tree.js';
import { SYSCALL_NUMBERS_ARM64 } from './syscall-numbers-arm64.js';
import { SYSCALL_NUMBERS_X64 } from './syscall-numbers-x64.js';

/*
 * Theory of operation. The kernel runs this program before every system call of a worker and its descendants,
 * over `struct seccomp_data`: number, architecture, instruction pointer, six arguments. It cannot follow pointers.
 * First the architecture: any other than the one planned for, and on x64 the x32 numbers, is death, because
 * numbers mean other calls there. Then a binary search finds the answer for the number: allowed, refused, or a
 * block of tests on arguments. Known calls that are on no list get EPERM; numbers that no table of ours knows get
 * ENOSYS, so that libc falls back as on an older kernel. Nothing but a wrong architecture ever kills.
 * Arguments that the kernel reads as `int` are compared in their low half only, as the kernel itself does.
 * Answers that read no argument are cached by the kernel (5.11 and later) and then cost nothing.
 */

const NUMBER_OFFSET = 0;
const ARCHITECTURE_OFFSET = 4;
const X32_BIT = 0x40000000;

interface Architecture {
  /** AUDIT_ARCH_X86_64 or AUDIT_ARCH_AARCH64. */
  readonly audit: number;
  readonly numbers: ReadonlyMap<string, number>;
  readonly guard: readonly Instruction[];
}

const ARCHITECTURES: Readonly<Record<SeccompInputs['architecture'], Architecture>> = {
  x64: {
    audit: 0xc000003e,
    numbers: SYSCALL_NUMBERS_X64,
    guard: [{ op: 'branch', test: 'at-least', value: X32_BIT, yes: 'kill', no: 'next' }],
  },
  arm64: { audit: 0xc00000b7, numbers: SYSCALL_NUMBERS_ARM64, guard: [] },
};

/** Programs by inputs, of which there are few: assembling one takes 2 ms. */
const assembled = new Map<string, SeccompOrders>();

export function buildSeccompProgram(inputs: SeccompInputs): SeccompOrders {
  const { architecture, processes, branches, exec, network, signals, metadata } = inputs;
  const key = [architecture, processes, branches, exec, network, signals, metadata].join();
  const known = assembled.get(key);
  if (known !== undefined) return known;
  const orders = assembleProgram(inputs);
  assembled.set(key, orders);
  return orders;
}

function assembleProgram(inputs: SeccompInputs): SeccompOrders {
  const architecture = ARCHITECTURES[inputs.architecture];
  const blocks = new Map<string, readonly Instruction[]>();
  const ranges = joinRanges(chooseTargets(inputs, architecture.numbers, blocks));
  const { program, pidSlots } = assemble([
    { op: 'load', offset: ARCHITECTURE_OFFSET },
    { op: 'branch', test: 'equal', value: architecture.audit, yes: 'number', no: 'kill' },
    { op: 'label', name: 'number' },
    { op: 'load', offset: NUMBER_OFFSET },
    ...architecture.guard,
    ...compileSearch(ranges),
    ...[...blocks.values()].flat(),
    { op: 'label', name: 'kill' },
    { op: 'return', value: KILL_PROCESS },
  ]);
  return {
    program: Buffer.from(program).toString('base64'),
    pidSlots,
    asks: inputs.branches === 'gated',
  };
}

/** One target for each number up to the newest known and one for all beyond. Equal rules share their block. */
function chooseTargets(
  inputs: SeccompInputs,
  numbers: ReadonlyMap<string, number>,
  blocks: Map<string, readonly Instruction[]>,
): readonly Target[] {
  const allowed = allowedOutright(inputs);
  const rules = argumentRules(inputs);
  const newest = Math.max(...numbers.values());
  const targets = new Array<Target>(newest + 2).fill({ kind: 'answer', answer: 'ENOSYS' });
  for (const [name, number] of numbers) {
    const rule = rules.get(name);
    if (rule !== undefined) targets[number] = { kind: 'rule', label: addBlock(rule, blocks) };
    else targets[number] = { kind: 'answer', answer: allowed.has(name) ? 'allow' : 'EPERM' };
  }
  return targets;
}

function addBlock(rule: Rule, blocks: Map<string, readonly Instruction[]>): string {
  const label = `rule ${JSON.stringify(rule)}`;
  if (!blocks.has(label)) blocks.set(label, compileRule(label, rule));
  return label;
}

function joinRanges(targets: readonly Target[]): readonly NumberRange[] {
  const key = (target: Target | undefined): string => JSON.stringify(target);
  return targets.flatMap((target, from) =>
    from > 0 && key(target) === key(targets[from - 1]) ? [] : [{ from, target }],
  );
}
