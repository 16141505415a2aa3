/** A refusal's words, as the probe gives them, and what to type about it; the first that matches is the one. */
type Fix = readonly [words: RegExp, fix: string];

const NAMESPACE_FIXES: readonly Fix[] = [
  [/only Linux has it/, "Run on Linux; here only `isolation: 'process'` is possible."],
  [/kernel\.unprivileged_userns_clone is 0/, 'sysctl -w kernel.unprivileged_userns_clone=1'],
  [/user\.max_user_namespaces is 0/, 'sysctl -w user.max_user_namespaces=15000'],
  [
    /kernel\.apparmor_restrict_unprivileged_userns is 1/,
    'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
  ],
  [
    /a seccomp filter is already in force/,
    'Start the container with a seccomp profile that allows unshare, mount and pivot_root, such as ' +
      '`--security-opt seccomp=unconfined`; level `kernel` holds without it.',
  ],
  [
    /^unshare.*: ENOSPC/,
    'sysctl -w user.max_user_namespaces=15000 (and user.max_*_namespaces of each other kind)',
  ],
  [
    /^unshare.*: EINVAL/,
    'Use a kernel built with CONFIG_USER_NS, CONFIG_PID_NS, CONFIG_NET_NS and CONFIG_IPC_NS.',
  ],
  [
    /^mount .*: (EACCES|EPERM)/,
    'Let the security module (AppArmor, SELinux) mount inside user namespaces; for a container ' +
      '`--security-opt apparmor=unconfined`.',
  ],
  [/\/proc/, 'Mount /proc: `mount -t proc proc /proc`.'],
];

const LANDLOCK_FIXES: readonly Fix[] = [
  [/only Linux has it/, "Run on Linux; here only `isolation: 'process'` is possible."],
  [
    /EOPNOTSUPP/,
    'Boot with `landlock` in the list of security modules: `lsm=landlock,lockdown,yama,integrity,apparmor`.',
  ],
  [/ENOSYS/, 'Use Linux 5.13 or later built with CONFIG_SECURITY_LANDLOCK=y.'],
  [
    /EPERM/,
    'Update the container runtime (Docker 23 or later), or allow the landlock_* calls in its seccomp profile.',
  ],
];

const SECCOMP_FIXES: readonly Fix[] = [
  [/only Linux has it/, "Run on Linux; here only `isolation: 'process'` is possible."],
  [/EINVAL|ENOSYS/, 'Use a kernel built with CONFIG_SECCOMP_FILTER=y.'],
  [/./, 'Allow prctl(PR_SET_SECCOMP) in the seccomp profile of the container.'],
];

const CGROUP_FIXES: readonly Fix[] = [
  [/only Linux has it/, 'Not needed: memory and processes are held by rlimits and sampling.'],
  [
    /./,
    'Not needed. To have it, start Node in a delegated group of its own: ' +
      '`systemd-run --user --scope -p Delegate=yes node ...`.',
  ],
];

const LAYER_FIXES = {
  namespaces: NAMESPACE_FIXES,
  landlock: LANDLOCK_FIXES,
  seccomp: SECCOMP_FIXES,
  cgroup: CGROUP_FIXES,
} as const;

/** What to do about an absent layer, from the reason that the probe gave. */
export function fixFor(layer: keyof typeof LAYER_FIXES, reason: string): string {
  const found = LAYER_FIXES[layer].find(([words]) => words.test(reason));
  return found?.[1] ?? 'Report this reason: no fix is known for it.';
}
