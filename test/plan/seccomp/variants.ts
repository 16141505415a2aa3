import type { SeccompInputs } from '../../../src/plan/seccomp/inputs.js';
import { buildSeccompProgram } from '../../../src/plan/seccomp/program.js';
import { SYSCALL_NUMBERS_ARM64 } from '../../../src/plan/seccomp/syscall-numbers-arm64.js';
import { SYSCALL_NUMBERS_X64 } from '../../../src/plan/seccomp/syscall-numbers-x64.js';
import { ARCHITECTURES, type Call, interpret } from './interpret.js';

export type Architecture = SeccompInputs['architecture'];
export type Changes = Partial<SeccompInputs>;

export const NUMBERS = { x64: SYSCALL_NUMBERS_X64, arm64: SYSCALL_NUMBERS_ARM64 } as const;

/** The default policy at level `kernel`, Landlock ABI 3 or later: the narrowest in everyday use. */
export const NARROW: SeccompInputs = {
  architecture: 'x64',
  processes: 'refused',
  branches: 'none',
  exec: false,
  network: false,
  signals: 'own-pid',
  metadata: 'truncate',
};

export const FULL: Changes = { processes: 'allowed', signals: 'any', metadata: 'any' };

export function programOf(architecture: Architecture, changes: Changes = {}): Uint8Array {
  return Buffer.from(buildSeccompProgram({ ...NARROW, ...changes, architecture }).program, 'base64');
}

/** The answer in words: `allow`, `kill`, `EPERM`, ... */
export function answerTo(program: Uint8Array, call: Call): string {
  return inWords(interpret(program, call).action);
}

export function ask(
  architecture: Architecture,
  changes: Changes,
  name: string,
  args: readonly bigint[],
): string {
  return answerTo(programOf(architecture, changes), {
    architecture: ARCHITECTURES[architecture],
    number: numberOf(architecture, name),
    args,
  });
}

export function numberOf(architecture: Architecture, name: string): number {
  const number = NUMBERS[architecture].get(name);
  if (number === undefined) throw new Error(`${architecture} has no call ${name}`);
  return number;
}

export function inWords(action: string): string {
  const names: Readonly<Record<string, string>> = {
    'errno 1': 'EPERM',
    'errno 11': 'EAGAIN',
    'errno 38': 'ENOSYS',
  };
  return names[action] ?? action;
}
