import type { Command, Option } from 'commander';
import { UsageError } from './usage-error.js';

/**
 * Has every command refuse an option that takes one value and is given twice, and one beside its opposite: the last
 * would win, and with it perhaps the wider policy.
 */
export function refuseRepeats(command: Command): void {
  const seen = new Map<string, Option>();
  for (const option of command.options) {
    // What has a parser of its own collects values.
    if (option.parseArg !== undefined) continue;
    command.on(`option:${option.name()}`, () => {
      const key = option.attributeName();
      const before = seen.get(key);
      seen.set(key, option);
      if (before !== undefined) refuse(before, option);
    });
  }
  for (const inner of command.commands) refuseRepeats(inner);
}

function refuse(before: Option, option: Option): void {
  if (before !== option) {
    throw new UsageError(`Both ${before.long} and ${option.long} are given; allowed: one of them.`);
  }
  if (option.required) throw new UsageError(`${option.long} is given twice; allowed: once.`);
}
