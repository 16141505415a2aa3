import os from 'node:os';
import type { PythonRequest } from '../policy/resolved-policy.js';
import { findPython } from './find-python.js';
import type { Availability, CgroupFacts, HostFacts } from './host-facts.js';
import { libraryPaths } from './library-paths.js';
import type { HostAnswer } from './probe-answer.js';
import { passableByOthers, readableByOthers } from './readable-by-others.js';
import { distinctLinks, realPaths } from './real-paths.js';
import { currentSurroundings, type Surroundings } from './surroundings.js';
import { COMMAND_PATHS, LINKED_NAMES, NETWORK_PATHS, SYSTEM_PATHS } from './system-paths.js';
import { usableTemporaryDirectory } from './temporary-directory.js';

/**
 * Finds a Python and says what this machine offers, by one start of that Python (about 60 ms).
 *
 * @example
 * const facts = await probeHost('find', harnessDirectory);
 */
export async function probeHost(
  requested: PythonRequest,
  harnessDirectory: string,
  surroundings: Surroundings = currentSurroundings(),
): Promise<HostFacts> {
  const temporaryDirectory = await usableTemporaryDirectory(surroundings.temporaryDirectory);
  const { python, host, harness } = await findPython(
    requested,
    harnessDirectory,
    temporaryDirectory,
    surroundings,
  );
  const libraries = await libraryPaths(python, surroundings.homeDirectory);
  const system = await realPaths(SYSTEM_PATHS);
  const named = await realPaths(LINKED_NAMES);
  const commands = await realPaths(COMMAND_PATHS);
  const network = await realPaths(NETWORK_PATHS);
  return {
    platform: process.platform,
    architecture: host.machine,
    kernelRelease: os.release(),
    python: {
      executable: python.executable,
      requested: requested === 'find' ? null : requested.path,
      version: python.version,
      implementation: python.implementation,
      prefix: python.prefix,
      basePrefix: python.basePrefix,
      sysPath: python.sysPath,
      libraryPaths: libraries.paths,
      readableByOthers: await readableByOthers([python.executable, ...libraries.paths]),
    },
    identity: { uid: host.uid, gid: host.gid, maySwitchIds: host.maySwitchIds },
    landlockAbi: host.landlock.value ?? 0,
    seccompFilter: host.seccomp.value ?? false,
    namespaces: availability(host.namespaces.reason),
    cgroup: cgroupFacts(host),
    systemPaths: system.paths,
    systemLinks: distinctLinks([libraries, system, named, commands, network].flatMap((found) => found.links)),
    commandPaths: commands.paths,
    networkPaths: network.paths,
    temporaryDirectory,
    temporaryDirectoryOpen: await passableByOthers(temporaryDirectory),
    harness: {
      directory: harnessDirectory,
      cacheDirectory: surroundings.cacheDirectory,
      bundle: harness,
    },
    absences: absences(host),
  };
}

function availability(reason: string | null): Availability {
  return reason === null ? { available: true } : { available: false, reason };
}

function cgroupFacts({ cgroup: { value } }: HostAnswer): CgroupFacts | null {
  if (value === null) return null;
  const { memory, pids } = value.directories;
  return {
    version: value.version,
    directories: { ...(memory !== undefined && { memory }), ...(pids !== undefined && { pids }) },
  };
}

function absences(host: HostAnswer): NonNullable<HostFacts['absences']> {
  return {
    ...(host.landlock.reason !== null && { landlock: host.landlock.reason }),
    ...(host.seccomp.reason !== null && { seccomp: host.seccomp.reason }),
    ...(host.cgroup.reason !== null && { cgroup: host.cgroup.reason }),
  };
}
