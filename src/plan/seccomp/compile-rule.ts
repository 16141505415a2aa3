import { RETURN_VALUES } from './answers.js';
import type { Instruction } from './assemble.js';
import type { ArgumentTest, Rule } from './rule.js';

/** Offset of `args` in `struct seccomp_data`. */
const ARGUMENTS_OFFSET = 16;

/** The instructions that answer one rule; `label` is where the search for the call number jumps to. */
export function compileRule(label: string, rule: Rule): readonly Instruction[] {
  const code: Instruction[] = [{ op: 'label', name: label }];
  for (const [index, step] of rule.entries()) {
    const otherwise = `${label}/${index}`;
    for (const [position, test] of step.when.entries()) {
      code.push(...compileTest(test, `${label}/${index}.${position}`, otherwise));
    }
    code.push({ op: 'return', value: RETURN_VALUES[step.answer] }, { op: 'label', name: otherwise });
  }
  code.push({ op: 'return', value: RETURN_VALUES.EPERM });
  return code;
}

function compileTest(test: ArgumentTest, holds: string, fails: string): readonly Instruction[] {
  // Both architectures are little endian: the low half comes first.
  const offset = ARGUMENTS_OFFSET + 8 * test.argument + (test.half === 'high' ? 4 : 0);
  const values = test.values === 'own-pid' ? (['own-pid'] as const) : test.values;
  const code: Instruction[] = [{ op: 'load', offset }];
  if (test.mask !== 0xffffffff) code.push({ op: 'and', mask: test.mask });
  for (const [index, value] of values.entries()) {
    const last = index === values.length - 1;
    const yes = test.is === 'one-of' ? holds : fails;
    const no = !last ? 'next' : test.is === 'one-of' ? fails : holds;
    code.push({ op: 'branch', test: 'equal', value, yes, no });
  }
  code.push({ op: 'label', name: holds });
  return code;
}
