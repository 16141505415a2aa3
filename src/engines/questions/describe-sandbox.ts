import type { Plan } from '../../plan/plan.js';
import type { ResolvedPolicy } from '../../policy/resolved-policy.js';
import { describeFiles } from './describe-files.js';
import { describeLanguage } from './describe-language.js';
import { describeLimits } from './describe-limits.js';
import type { Inventory } from './inventory.js';

/** One thing that is true of every run of a runner; the id names what it is about. */
export interface Statement {
  readonly id: string;
  readonly text: string;
}

/** A policy in words for whoever writes the programs, a model above all: the statements in reading order. */
export function describeSandbox(
  policy: ResolvedPolicy,
  plan: Plan,
  inventory: Inventory,
): readonly Statement[] {
  return [
    {
      id: 'python',
      text: `Programs are run by CPython ${inventory.version}, each in a new process: nothing is kept from one run to the next.`,
    },
    ...describeLanguage(policy, inventory),
    ...describeFiles(policy, plan),
    ...describeLimits(policy),
  ];
}

export function statementText(statements: readonly Statement[]): string {
  return `${statements.map(({ text }) => `- ${text}`).join('\n')}\n`;
}
