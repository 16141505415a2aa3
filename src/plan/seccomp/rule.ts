/** What the program answers to a call. Words are errno names, except `allow` and `ask`: the supervisor decides. */
export type Answer = 'allow' | 'ask' | 'EPERM' | 'EAGAIN' | 'ENOSYS';

/** Steps are tried in order; the first whose tests all hold answers. When none does, the answer is EPERM. */
export type Rule = readonly RuleStep[];

export interface RuleStep {
  readonly when: readonly ArgumentTest[];
  readonly answer: Answer;
}

/** A test of 32 bits of one argument, which is all that the kernel reads of an `int` or `unsigned int`. */
export interface ArgumentTest {
  readonly argument: 0 | 1 | 2 | 3 | 4 | 5;
  readonly half: 'low' | 'high';
  readonly mask: number;
  readonly is: 'one-of' | 'none-of';
  readonly values: readonly number[] | 'own-pid';
}

type ArgumentIndex = ArgumentTest['argument'];

const ALL_BITS = 0xffffffff;

export function oneOf(
  argument: ArgumentIndex,
  values: readonly number[],
  mask: number = ALL_BITS,
): ArgumentTest {
  return { argument, half: 'low', mask, is: 'one-of', values };
}

export function anyBit(argument: ArgumentIndex, mask: number): ArgumentTest {
  return { argument, half: 'low', mask, is: 'none-of', values: [0] };
}

export function anyHighBit(argument: ArgumentIndex): ArgumentTest {
  return { argument, half: 'high', mask: ALL_BITS, is: 'none-of', values: [0] };
}

export function noHighBit(argument: ArgumentIndex): ArgumentTest {
  return { argument, half: 'high', mask: ALL_BITS, is: 'one-of', values: [0] };
}

export function ownPid(argument: ArgumentIndex): ArgumentTest {
  return { argument, half: 'low', mask: ALL_BITS, is: 'one-of', values: 'own-pid' };
}
