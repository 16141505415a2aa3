import { PungiError } from './errors/pungi-error.js';
import { hostFacts } from './host/default-host.js';
import { type DoctorReport as Diagnosis, diagnose } from './host/doctor.js';
import { ISOLATION_LEVELS, type IsolationLevel } from './policy/isolation-level.js';
import { resolvePolicy } from './policy/resolve-policy.js';
import type { IsolationLayers } from './result/run-result.js';
import { runCode } from './runner.js';

export interface DoctorOptions {
  /** The Python to look at; without it the first usable one on PATH. */
  readonly pythonExecutable?: string | undefined;
}

/** What was found on this machine, and what a real run at each level showed. */
export interface DoctorReport extends Diagnosis {
  /** Whether a run at level `kernel` or `full` worked. */
  readonly ok: boolean;
  /** Strongest level first. */
  readonly levels: readonly LevelProof[];
}

export interface LevelProof {
  readonly level: IsolationLevel;
  /** `unavailable`: the machine lacks a layer. `failed`: it has all, and the run did not go well. */
  readonly state: 'proved' | 'unavailable' | 'failed';
  /** What was proved of its worker, or why there was no run. */
  readonly detail: string;
  /** What to type; `null` for a level that works. */
  readonly fix: string | null;
  /** The layers of the run; `null` when there was none. */
  readonly layers: IsolationLayers | null;
}

/**
 * Says what this machine offers, and proves it by one run at each level. Throws `PYTHON_NOT_FOUND` without a Python.
 *
 * @example
 * const { ok, levels } = await doctor(); // true when runs are held at level `kernel` or better
 */
export async function doctor(options: DoctorOptions = {}): Promise<DoctorReport> {
  const { pythonExecutable } = options;
  const policy = pythonExecutable === undefined ? {} : { pythonExecutable };
  const facts = await hostFacts(resolvePolicy(policy).pythonExecutable);
  const levels: LevelProof[] = [];
  for (const level of ISOLATION_LEVELS) levels.push(await prove(level, policy));
  const ok = levels.some((proof) => proof.level !== 'process' && proof.state === 'proved');
  return { ...diagnose(facts), ok, levels };
}

async function prove(level: IsolationLevel, policy: DoctorOptions): Promise<LevelProof> {
  try {
    const run = await runCode(
      'result = 6 * 7',
      {},
      { ...policy, isolation: { exactly: level } },
      { oneshot: true },
    );
    const { layers } = run.isolation;
    if (run.result !== 42 || run.isolation.level !== level) {
      const detail = run.error === null ? `a run gave ${String(run.result)}, not 42` : String(run.error);
      return { level, state: 'failed', detail, fix: REPORT, layers };
    }
    return { level, state: 'proved', detail: describe(layers), fix: null, layers };
  } catch (error) {
    if (!(error instanceof PungiError)) throw error;
    const state = error.code === 'SANDBOX_UNAVAILABLE' ? 'unavailable' : 'failed';
    return { level, state, detail: error.message, fix: error.hint, layers: null };
  }
}

const REPORT = 'Report this with the output of `pungi doctor --json`.';

function describe({ proofs }: IsolationLayers): string {
  return proofs.length === 0 ? 'a run ended well; nothing is proved here' : `proved: ${proofs.join(', ')}`;
}
