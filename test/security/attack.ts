/** One try to get at something: a Python function body that returns when it got it and raises when it was refused. */
export interface Attack {
  readonly id: string;
  readonly technique: string;
  /** Where the technique is from. */
  readonly source: string;
  readonly code: string;
  /** In words: what a success would mean. */
  readonly mustNot: string;
  /**
   * How it is shown that the code can succeed at all: `bare` runs it in an ordinary Python as this user; text says why
   * this machine cannot show it.
   */
  readonly control: 'bare' | { readonly unprovable: string };
  /** Whom alone the kernel lets do it bare: for anybody else the control is skipped, since it would show nothing. */
  readonly bareNeeds?: 'root';
  /** Levels at which a success is by design, with the page that says so. */
  readonly byDesign?: { readonly level: 'full' | 'kernel'; readonly reason: string };
}

/** An attack that succeeds bare for root alone. */
export function onlyRoot(attack: Attack): Attack {
  return { ...attack, bareNeeds: 'root' };
}

export interface Family {
  readonly name: string;
  readonly attacks: readonly Attack[];
}
