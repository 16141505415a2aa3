import type { IsolationLevel } from '../policy/isolation-level.js';
import { fixFor } from './fixes.js';
import type { HostFacts } from './host-facts.js';

/** What was found on this machine and what is missing, for a person. */
export interface DoctorReport {
  /** The strongest level whose layers are all there. */
  readonly level: IsolationLevel;
  /** Whether the default policy (`isolation: 'kernel'`) can be met. */
  readonly ok: boolean;
  readonly system: string;
  readonly python: {
    readonly executable: string;
    readonly version: string;
    readonly requested: string | null;
  };
  readonly layers: readonly DoctorLayer[];
}

export interface DoctorLayer {
  readonly name: 'landlock' | 'seccomp' | 'namespaces' | 'ids' | 'cgroup';
  readonly held: boolean;
  /** What is there, or why it is not. */
  readonly detail: string;
  /** What to type; `null` for a layer that is there. */
  readonly fix: string | null;
  /** The level that cannot be reached without it; `none` for what only helps. */
  readonly neededFor: 'full' | 'kernel' | 'none';
}

/**
 * Reads the host facts as a report. Starts nothing: a proving run is the caller's.
 *
 * @example
 * diagnose(await probeHost('find', harnessDirectory)).level; // 'full'
 */
export function diagnose(facts: HostFacts): DoctorReport {
  const layers = [
    landlockLayer(facts),
    seccompLayer(facts),
    namespacesLayer(facts),
    idsLayer(facts),
    cgroupLayer(facts),
  ];
  const missing = new Set(layers.filter((layer) => !layer.held).map((layer) => layer.neededFor));
  const level = missing.has('kernel') ? 'process' : missing.has('full') ? 'kernel' : 'full';
  return {
    level,
    ok: level !== 'process',
    system: `${facts.platform} ${facts.kernelRelease} ${facts.architecture}`,
    python: {
      executable: facts.python.executable,
      version: facts.python.version.join('.'),
      requested: facts.python.requested,
    },
    layers,
  };
}

function landlockLayer(facts: HostFacts): DoctorLayer {
  if (facts.landlockAbi > 0)
    return held('landlock', 'kernel', `ABI ${facts.landlockAbi}: ${reach(facts.landlockAbi)}`);
  const reason = facts.absences?.landlock ?? 'the kernel offers no Landlock';
  return absent('landlock', 'kernel', reason, fixFor('landlock', reason));
}

function reach(abi: number): string {
  if (abi >= 6) return 'files, TCP, signals and abstract sockets';
  return abi >= 4 ? 'files and TCP' : 'files';
}

function seccompLayer(facts: HostFacts): DoctorLayer {
  if (facts.seccompFilter && facts.architecture === 'other') {
    const reason = 'no list of allowed calls is kept for this processor';
    return absent('seccomp', 'kernel', reason, 'Use a 64-bit Python on x86-64 or arm64.');
  }
  if (facts.seccompFilter) return held('seccomp', 'kernel', `filters for ${facts.architecture}`);
  const reason = facts.absences?.seccomp ?? 'the kernel offers no seccomp filters';
  return absent('seccomp', 'kernel', reason, fixFor('seccomp', reason));
}

function namespacesLayer(facts: HostFacts): DoctorLayer {
  const { namespaces } = facts;
  if (namespaces.available)
    return held('namespaces', 'full', 'user, mount, net, ipc, uts, pid; a private root');
  return absent('namespaces', 'full', namespaces.reason, fixFor('namespaces', namespaces.reason));
}

function idsLayer(facts: HostFacts): DoctorLayer {
  const { uid, gid, maySwitchIds } = facts.identity;
  const own = `uid ${uid}, gid ${gid}`;
  if (uid !== 0) return held('ids', 'none', `${own}, not root`);
  if (!maySwitchIds) {
    return absent('ids', 'none', `${own}, and no other id may be taken`, 'Run Node as an ordinary user.');
  }
  if (facts.python.readableByOthers) return held('ids', 'none', `${own}; workers take an unprivileged id`);
  const fix = `Use a Python that other users can read, or run Node as an ordinary user.`;
  return absent('ids', 'none', `${own}; the Python can be read by this user alone`, fix);
}

function cgroupLayer(facts: HostFacts): DoctorLayer {
  if (facts.cgroup !== null) {
    const controllers = Object.keys(facts.cgroup.directories).join(' and ');
    return held('cgroup', 'none', `version ${facts.cgroup.version}: ${controllers}`);
  }
  const reason = facts.absences?.cgroup ?? 'no writable control group';
  return absent('cgroup', 'none', reason, fixFor('cgroup', reason));
}

function held(name: DoctorLayer['name'], neededFor: DoctorLayer['neededFor'], detail: string): DoctorLayer {
  return { name, held: true, detail, fix: null, neededFor };
}

function absent(
  name: DoctorLayer['name'],
  neededFor: DoctorLayer['neededFor'],
  detail: string,
  fix: string,
): DoctorLayer {
  return { name, held: false, detail, fix, neededFor };
}
