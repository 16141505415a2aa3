import { createRunner } from '../create-runner.js';
import { EXIT_CODES } from './exit-codes.js';
import { type PolicyPlaces, readPolicyFlags } from './policy-flags.js';
import type { PolicyFlags } from './policy-options.js';
import type { Screen } from './screen.js';

export type DescribeFlags = PolicyFlags & { readonly json?: boolean };

/** `pungi describe`: the policy in words, for a system prompt. Gives the exit code. */
export async function describeCommand(
  flags: DescribeFlags,
  places: PolicyPlaces,
  screen: Screen,
): Promise<number> {
  const { policy } = readPolicyFlags(flags, places);
  const runner = await createRunner({ policy, warm: { size: 1 } });
  try {
    const description = await runner.describe();
    screen.answer(flags.json === true ? JSON.stringify({ description }) : description.trimEnd());
  } finally {
    await runner.close('kill');
  }
  return EXIT_CODES.ok.code;
}
