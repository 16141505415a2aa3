import type { HostFacts } from '../../src/host/host-facts.js';
import type { PathBase } from '../../src/plan/paths.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import type { ResolvedPolicy } from '../../src/policy/resolved-policy.js';

export const MEBIBYTE = 1024 * 1024;

export const base: PathBase = { home: '/home/ada', cwd: '/srv/app' };

export const preload = ['math'];

export function policy(changes: Partial<ResolvedPolicy> = {}): ResolvedPolicy {
  return { ...resolvePolicy({}), ...changes };
}

/** A Linux machine with everything, used by an ordinary user. */
export function facts(changes: Partial<HostFacts> = {}): HostFacts {
  return {
    platform: 'linux',
    architecture: 'x64',
    kernelRelease: '6.12.9-amd64',
    python: {
      executable: '/usr/bin/python3.11',
      requested: null,
      version: [3, 11, 2],
      implementation: 'cpython',
      prefix: '/usr',
      basePrefix: '/usr',
      sysPath: ['/usr/lib/python3.11', '/usr/lib/python3/dist-packages'],
      libraryPaths: ['/usr/lib/python3', '/usr/lib/python3.11'],
      readableByOthers: true,
    },
    identity: { uid: 1234, gid: 1235, maySwitchIds: false },
    landlockAbi: 7,
    seccompFilter: true,
    namespaces: { available: true },
    cgroup: null,
    systemPaths: ['/usr/lib', '/etc/ld.so.cache', '/usr/share/zoneinfo'],
    systemLinks: [{ path: '/lib', target: 'usr/lib' }],
    commandPaths: ['/usr/bin'],
    networkPaths: ['/etc/resolv.conf'],
    temporaryDirectory: '/tmp',
    temporaryDirectoryOpen: true,
    harness: {
      directory: '/opt/pungi/python-harness/',
      cacheDirectory: '/home/ada/.cache/pungi',
      bundle: new Uint8Array(),
    },
    ...changes,
  };
}

export const root = { uid: 0, gid: 0, maySwitchIds: true };
export const noNamespaces = { available: false, reason: 'kernel.unprivileged_userns_clone is 0' } as const;
