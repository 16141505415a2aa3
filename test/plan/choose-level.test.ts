import { expect, test } from 'vitest';
import type { PungiError } from '../../src/errors/pungi-error.js';
import type { HostFacts } from '../../src/host/host-facts.js';
import { chooseLevel } from '../../src/plan/choose-level.js';
import type { ResolvedPolicy } from '../../src/policy/resolved-policy.js';
import { facts, noNamespaces } from './samples.js';

type Isolation = ResolvedPolicy['isolation'];

const atLeast = (level: Isolation['level']): Isolation => ({ rule: 'at-least', level });
const exactly = (level: Isolation['level']): Isolation => ({ rule: 'exactly', level });

const FULL = facts();
const KERNEL = facts({ namespaces: noNamespaces });
const OLD = facts({ landlockAbi: 0, absences: { landlock: 'landlock_create_ruleset: ENOSYS' } });
const MAC = facts({
  platform: 'darwin',
  landlockAbi: 0,
  seccompFilter: false,
  namespaces: { available: false, reason: 'only Linux has it' },
  absences: { landlock: 'only Linux has it', seccomp: 'only Linux has it' },
});

test.each<[Isolation, string, HostFacts, string]>([
  [atLeast('kernel'), 'everything', FULL, 'full'],
  [atLeast('full'), 'everything', FULL, 'full'],
  [atLeast('process'), 'everything', FULL, 'full'],
  [exactly('full'), 'everything', FULL, 'full'],
  [exactly('kernel'), 'everything', FULL, 'kernel'],
  [exactly('process'), 'everything', FULL, 'process'],
  [atLeast('kernel'), 'no namespaces', KERNEL, 'kernel'],
  [atLeast('process'), 'no namespaces', KERNEL, 'kernel'],
  [exactly('kernel'), 'no namespaces', KERNEL, 'kernel'],
  [atLeast('kernel'), 'Landlock ABI 1', facts({ landlockAbi: 1, namespaces: noNamespaces }), 'kernel'],
  [atLeast('process'), 'no Landlock', OLD, 'process'],
  [exactly('process'), 'no Landlock', OLD, 'process'],
  [atLeast('process'), 'macOS', MAC, 'process'],
  [atLeast('process'), 'another architecture', facts({ architecture: 'other' }), 'process'],
])('%o on a host with %s', (isolation, _host, host, level) => {
  expect(chooseLevel(isolation, host)).toBe(level);
});

test.each<[Isolation, HostFacts, string, string, string[]]>([
  [
    atLeast('full'),
    KERNEL,
    "This machine cannot give isolation 'full': it lacks namespaces (kernel.unprivileged_userns_clone is 0).",
    "Run: sysctl -w kernel.unprivileged_userns_clone=1. Or accept less by name: isolation: 'kernel'.",
    ['namespaces'],
  ],
  [
    exactly('full'),
    facts({ namespaces: { available: false, reason: 'kernel.apparmor_restrict_unprivileged_userns is 1' } }),
    "This machine cannot give isolation { exactly: 'full' }: it lacks namespaces " +
      '(kernel.apparmor_restrict_unprivileged_userns is 1).',
    "Run: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0. Or accept less by name: isolation: 'kernel'.",
    ['namespaces'],
  ],
  [
    atLeast('kernel'),
    OLD,
    "This machine cannot give isolation 'kernel': it lacks landlock (landlock_create_ruleset: ENOSYS).",
    'Use Linux 5.13 or later built with CONFIG_SECURITY_LANDLOCK=y. ' +
      "Or accept less by name: isolation: 'process'.",
    ['landlock'],
  ],
  [
    exactly('kernel'),
    facts({ landlockAbi: 0, absences: { landlock: 'landlock_create_ruleset: EOPNOTSUPP' } }),
    "This machine cannot give isolation { exactly: 'kernel' }: it lacks landlock (landlock_create_ruleset: EOPNOTSUPP).",
    'Boot with `landlock` in the list of security modules: `lsm=landlock,lockdown,yama,integrity,apparmor`. ' +
      "Or accept less by name: isolation: 'process'.",
    ['landlock'],
  ],
  [
    atLeast('kernel'),
    facts({ architecture: 'other' }),
    "This machine cannot give isolation 'kernel': it lacks seccomp " +
      '(no list of system calls is kept for this architecture).',
    "Run on x86-64 or arm64. Or accept less by name: isolation: 'process'.",
    ['seccomp'],
  ],
  [
    atLeast('kernel'),
    MAC,
    "This machine cannot give isolation 'kernel': it lacks landlock (only Linux has it) " +
      'and seccomp (only Linux has it).',
    "Run on Linux; here only `isolation: 'process'` is possible. Or accept less by name: isolation: 'process'.",
    ['landlock', 'seccomp'],
  ],
])('row %#: %o is refused', (isolation, host, message, hint, layers) => {
  const choose = (): unknown => chooseLevel(isolation, host);
  expect(choose).toThrow(
    expect.objectContaining({
      code: 'SANDBOX_UNAVAILABLE',
      message,
      hint,
      details: {
        asked: isolation,
        missing: layers.map((layer) => ({ layer, reason: expect.any(String), fix: expect.any(String) })),
      },
    } satisfies Partial<Record<keyof PungiError, unknown>>),
  );
});
