/** What this machine offers. Probed once by `probeHost`, then passed in; nothing later looks at the machine again. */
export interface HostFacts {
  readonly platform: NodeJS.Platform;
  /** `other` where no seccomp allow list is maintained. */
  readonly architecture: 'x64' | 'arm64' | 'other';
  readonly kernelRelease: string;
  readonly python: PythonFacts;
  readonly identity: Identity;
  /** Landlock ABI offered by the kernel; 0 when it is absent or switched off. */
  readonly landlockAbi: number;
  readonly seccompFilter: boolean;
  /** Whether a private root with all six namespaces was really built in a probe child, else why not. */
  readonly namespaces: Availability;
  readonly cgroup: CgroupFacts | null;
  /** Existing real paths that any CPython needs: dynamic loader, system libraries, time zones, certificates, fonts. */
  readonly systemPaths: readonly string[];
  /** Symlinks of the host on the way to any path here (`/lib`, `/etc/localtime`); the private root repeats them. */
  readonly systemLinks: readonly HostLink[];
  /** Existing host paths with executables, for `allowSubprocess`. */
  readonly commandPaths: readonly string[];
  /** Existing host paths that name resolution needs, for `allowNetwork`. */
  readonly networkPaths: readonly string[];
  /** An existing directory over which the private root can be mounted, and in which workdirs are made. */
  readonly temporaryDirectory: string;
  /** Whether an unrelated user can pass through it, as a worker with ids of its own has to. */
  readonly temporaryDirectoryOpen: boolean;
  readonly harness: HarnessFacts;
  /** Why a layer above is absent, in the words of the kernel's refusal; no key for a layer that is there. */
  readonly absences?: Readonly<Partial<Record<'landlock' | 'seccomp' | 'cgroup', string>>>;
}

export interface HostLink {
  readonly path: string;
  /** As the link holds it: absolute, or relative to the directory of `path`. */
  readonly target: string;
}

export type Availability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string };

export interface PythonFacts {
  /** The real interpreter: no symlink, no version-manager shim. */
  readonly executable: string;
  /** What the caller asked for, or `null` when it was found on PATH. */
  readonly requested: string | null;
  readonly version: readonly [number, number, number];
  readonly implementation: string;
  readonly prefix: string;
  readonly basePrefix: string;
  /** `sys.path` as the interpreter has it after `site` ran, in isolated mode. */
  readonly sysPath: readonly string[];
  /** Real paths of the directories that hold the interpreter, its standard library and its packages. */
  readonly libraryPaths: readonly string[];
  /** Whether an unrelated user may read all of `libraryPaths` (a Python beneath a home of mode 0700 is not). */
  readonly readableByOthers: boolean;
}

/** The Python side of pungi, compiled for this interpreter. */
export interface HarnessFacts {
  readonly directory: string;
  readonly cacheDirectory: string | null;
  /** All modules as one block of bytecode, sent to each supervisor. */
  readonly bundle: Uint8Array;
}

export interface Identity {
  readonly uid: number;
  readonly gid: number;
  /** Whether this process may map or switch to other ids (CAP_SETUID and CAP_SETGID in effect). */
  readonly maySwitchIds: boolean;
}

export interface CgroupFacts {
  readonly version: 1 | 2;
  /** Writable directory, for each controller that is there (in version 2 all the same). */
  readonly directories: Readonly<Partial<Record<'memory' | 'pids', string>>>;
}
