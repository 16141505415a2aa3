import { RETURN_VALUES } from './answers.js';
import type { Instruction } from './assemble.js';
import type { Answer } from './rule.js';

/** Calls from this number on, up to the next range, have one answer. */
export interface NumberRange {
  readonly from: number;
  readonly target: Target;
}

export type Target =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'rule'; readonly label: string };

/** A binary search over the call number in the accumulator: some eight comparisons instead of some three hundred. */
export function compileSearch(ranges: readonly NumberRange[]): readonly Instruction[] {
  if (ranges.length === 1) return ranges.map((range) => leaf(range.target));
  const middle = Math.floor(ranges.length / 2);
  return ranges.slice(middle, middle + 1).flatMap((pivot) => {
    const upper = `from ${pivot.from}`;
    return [
      { op: 'branch', test: 'at-least', value: pivot.from, yes: upper, no: 'next' } as const,
      ...compileSearch(ranges.slice(0, middle)),
      { op: 'label', name: upper } as const,
      ...compileSearch(ranges.slice(middle)),
    ];
  });
}

function leaf(target: Target): Instruction {
  return target.kind === 'answer'
    ? { op: 'return', value: RETURN_VALUES[target.answer] }
    : { op: 'jump', to: target.label };
}
