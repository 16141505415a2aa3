import type { IsolationLevel } from '../policy/isolation-level.js';

/**
 * Exact orders for one run or one pool: pure data, JSON all the way down, obeyed by Node and the Python harness
 * without looking at the machine or the policy again. Field names are the same in both languages.
 */
export interface Plan {
  readonly level: IsolationLevel;
  readonly supervisor: SupervisorOrders;
  readonly zygote: ZygoteOrders;
  readonly worker: WorkerOrders;
  /** Whether a run may be answered while its worker is being killed: nothing that it still does is seen outside. */
  readonly answersEarly: boolean;
  readonly limits: LimitOrders;
  /** For workers that serve one session each, step after step; `null`: each serves one run. */
  readonly session: SessionOrders | null;
  readonly language: LanguageOrders;
}

/** How Node starts the supervisor. */
export interface SupervisorOrders {
  readonly executable: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** What all workers of a supervisor share. */
export interface ZygoteOrders {
  /** Empty below level `full`. */
  readonly namespaces: readonly Namespace[];
  /** `null` below level `full`. */
  readonly root: RootOrders | null;
  /** Ids to map into the user namespace: the zygote's own and the worker's. Empty without a user namespace. */
  readonly idMap: IdMap | null;
  readonly sysPath: readonly string[];
  /** What `sys.prefix` and `sys.executable` are to say: those of a virtual environment, where one is used. */
  readonly prefix: string;
  readonly executable: string;
  readonly preload: readonly string[];
  /** Control groups to make for the tree; `null` when none is writable. */
  readonly cgroup: CgroupOrders | null;
}

export type Namespace = 'user' | 'mount' | 'net' | 'ipc' | 'uts' | 'pid';

export interface IdMap {
  /** `self`: the process maps its own id. `parent`: the supervisor, privileged, maps two ids. */
  readonly writer: 'self' | 'parent';
  readonly uid: readonly IdExtent[];
  readonly gid: readonly IdExtent[];
}

export interface IdExtent {
  readonly inside: number;
  readonly outside: number;
}

export interface RootOrders {
  /** Host directory over which the new root is mounted before pivot_root. */
  readonly mountPoint: string;
  /** In order of mounting. Same path inside and outside. */
  readonly mounts: readonly BindMount[];
  readonly devices: readonly string[];
  readonly symlinks: readonly Symlink[];
}

export interface BindMount {
  readonly path: string;
  readonly access: 'read' | 'write';
}

export interface Symlink {
  readonly path: string;
  readonly target: string;
}

export interface CgroupOrders {
  readonly version: 1 | 2;
  readonly directories: Readonly<Partial<Record<'memory' | 'pids', string>>>;
  readonly memoryBytes: number;
  readonly processes: number;
  /** Tasks of the zygote, which is in the group as well. */
  readonly ownTasks: number;
}

/** What each worker applies to itself, in the order of the fields, before it reports ready. */
export interface WorkerOrders {
  readonly workdir: WorkdirOrders;
  readonly environment: Readonly<Record<string, string>>;
  /** Unprivileged ids to become; `null` keeps those it has. */
  readonly ids: { readonly uid: number; readonly gid: number } | null;
  readonly rlimits: readonly Rlimit[];
  /** `null` only at level `process`. */
  readonly landlock: LandlockOrders | null;
  /** `null` only at level `process`. */
  readonly seccomp: SeccompOrders | null;
  /** Which proofs the worker must pass from inside. */
  readonly proofs: readonly Proof[];
}

export type WorkdirOrders =
  /** A tmpfs of the worker's own, mounted at `path` in its mount namespace. */
  | { readonly kind: 'tmpfs'; readonly path: string; readonly sizeBytes: number; readonly inodes: number }
  /** A directory made for each worker beneath `base` on the host. */
  | {
      readonly kind: 'directory';
      readonly base: string;
      readonly sizeBytes: number;
      readonly inodes: number;
    };

export interface Rlimit {
  /** Name in Python's `resource` module without `RLIMIT_`. */
  readonly name:
    | 'AS'
    | 'DATA'
    | 'CPU'
    | 'FSIZE'
    | 'NOFILE'
    | 'NPROC'
    | 'CORE'
    | 'MSGQUEUE'
    | 'MEMLOCK'
    | 'STACK';
  readonly soft: number;
  readonly hard: number;
}

export interface LandlockOrders {
  readonly abi: number;
  /** Bit masks of `landlock_ruleset_attr`, already cut to what the ABI knows. */
  readonly handledFs: number;
  readonly handledNet: number;
  readonly scoped: number;
  readonly rules: readonly LandlockRule[];
}

export interface LandlockRule {
  /** Absolute path, or `$workdir` for the worker's own. */
  readonly path: string;
  readonly allowed: number;
}

export interface SeccompOrders {
  /** The classic BPF program, eight bytes an instruction, base64. */
  readonly program: string;
  /** Indexes of instructions whose constant the worker replaces by its own pid before loading. */
  readonly pidSlots: readonly number[];
  /** Whether the program asks the supervisor about some calls: loading it gives a descriptor that hears them. */
  readonly asks: boolean;
}

export type Proof =
  | 'file'
  | 'socket'
  | 'signal'
  | 'namespace'
  | 'mount'
  | 'ptrace'
  | 'fork'
  | 'exec'
  | 'capabilities'
  | 'new-privileges'
  | 'rlimits'
  | 'workdir';

/** What the supervisor watches and ends. */
export interface LimitOrders {
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  /** Processes and threads of one worker's tree: counted where no kernel limit is its own. */
  readonly maxProcesses: number;
  readonly maxOutputBytes: number;
  readonly maxResultBytes: number;
  readonly maxFileBytes: number;
  readonly maxFiles: number;
  readonly maxDisplays: number;
  readonly maxDisplayBytes: number;
  readonly diskBytes: number;
}

export interface SessionOrders {
  /** What its jobs are: programs to be run one after another, or programs to be read and not run. */
  readonly serves: 'steps' | 'questions';
  /** Of the whole life of a worker; `limits.cpuSeconds` is for each step. */
  readonly cpuSeconds: number;
  /** How many branches may live beside a session, each a process of its own; 0 where none can be made. */
  readonly maxBranches: number;
}

/** Guarded mode: what user code may call beside what it defines itself. */
export interface GuardOrders {
  readonly everything: boolean;
  readonly entries: readonly GuardEntry[];
}

export interface GuardEntry {
  readonly name: string;
  readonly members: 'all' | readonly GuardMember[];
}

export interface GuardMember {
  readonly name: string;
  readonly rule: GuardRule | null;
}

export interface GuardRule {
  readonly kind: 'argPath' | 'selfPath' | 'openMode' | 'extension' | 'attribute';
  readonly pos: number | null;
  readonly kw: string | null;
  readonly allow: readonly string[];
}

/** `null` in its place: the clock of the host. */
export type ClockOrders =
  | { readonly kind: 'frozen'; readonly epochMs: number }
  | { readonly kind: 'offset'; readonly offsetMs: number };

/** What the language layer in the worker explains; never counted as isolation. */
export interface LanguageOrders {
  readonly blockedImports: readonly string[];
  /** `null`: any import that is not blocked. */
  readonly allowedImports: readonly string[] | null;
  readonly blockedBuiltins: readonly string[];
  readonly allowedBuiltins: readonly string[] | null;
  readonly blockedGlobals: readonly string[];
  /** `null`: any key of the input data that is not blocked becomes a variable. */
  readonly allowedGlobals: readonly string[] | null;
  /** `null`: any callable may be called. */
  readonly guard: GuardOrders | null;
  readonly banDefinitions: boolean;
  readonly banDunders: boolean;
  readonly bannedSyntax: Readonly<Record<string, string>>;
  readonly maxAstNodes: number;
  readonly maxResultBytes: number;
  readonly maxDisplays: number;
  readonly maxDisplayBytes: number;
  readonly resultFrom: 'either' | 'variable' | 'expression' | 'none';
  /** `null`: as Python has it. */
  readonly recursionLimit: number | null;
  /** `null`: nothing is made repeatable. */
  readonly seed: number | null;
  readonly clock: ClockOrders | null;
  /** Wire text (see values) of the policy's constants. */
  readonly extraGlobals: string;
  readonly network: boolean;
  readonly subprocess: boolean;
  /** Whether the level lets code make processes at all, be it without a program of their own. */
  readonly forks: boolean;
  /** As the user wrote them, for messages; `.` is the workdir. */
  readonly writable: readonly string[];
  readonly readable: readonly string[];
  /** Whether the kernel refuses changes of modes and times, and `os.chmod` in the workdir is to do nothing. */
  readonly modesIgnored: boolean;
  /** Whether all that user code asks for is let through by this layer and noted: see `seen` of the outcome. */
  readonly record: boolean;
}
