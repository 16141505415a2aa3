import { randomBytes } from 'node:crypto';
import type { Plan } from '../plan/plan.js';
import { FRAME } from '../protocol/frame-kinds.js';
import { ownerPrefix } from '../spawn/owner.js';
import { makeRunCgroup } from '../spawn/run-cgroup.js';
import { makeRunDirectory } from '../spawn/run-directory.js';
import { type SupervisorProcess, startSupervisor } from '../spawn/start-supervisor.js';

/** A supervisor with everything that was made for it. */
export interface Launched {
  readonly supervisor: SupervisorProcess;
  /** Ends the supervisor and all it started, and removes what was made; may be called again. */
  end(): Promise<void>;
}

export interface LaunchSize {
  readonly workers: number;
  /** Whether a worker is forked for each one that a run takes. */
  readonly replenish: boolean;
  /** How many sessions may live at once, each in a worker of its own beside those that wait. */
  readonly sessions?: number;
}

/** How long a supervisor may clean up before it is killed. */
const END_GRACE_MS = 5000;

/** Starts the process tree of a plan. Its interpreter starts while control group and directory are made. */
export async function launch(plan: Plan, harness: Uint8Array, size: LaunchSize): Promise<Launched> {
  const cleanups: (() => Promise<void>)[] = [];
  const supervisor = startSupervisor(plan.supervisor, harness);
  cleanups.push(() => endSupervisor(supervisor));
  const end = async (): Promise<void> => {
    // What was made first is removed last: a control group must be empty.
    for (let cleanup = cleanups.shift(); cleanup !== undefined; cleanup = cleanups.shift()) await cleanup();
  };
  try {
    const orders = plan.zygote.cgroup;
    const cgroup = orders === null ? null : await makeRunCgroup(orders, groupName(), places(size));
    if (cgroup !== null) cleanups.push(cgroup.remove);
    const { workdir } = plan.worker;
    const directory = workdir.kind === 'tmpfs' ? null : await makeRunDirectory(workdir.base);
    if (directory !== null) cleanups.push(directory.remove);
    const message = {
      plan,
      ...size,
      directory: directory?.path ?? null,
      cgroup: cgroup?.directories ?? null,
    };
    void supervisor.send(FRAME.plan, 0, Buffer.from(JSON.stringify(message)));
  } catch (error) {
    await end();
    throw error;
  }
  return { supervisor, end };
}

/** In a pool as many workers wait as there are runs; their share is room for what is preloaded, too. */
function places({ workers, replenish, sessions = 0 }: LaunchSize): number {
  return (replenish ? workers * 2 : workers) + sessions;
}

function groupName(): string {
  return `${ownerPrefix()}-${randomBytes(6).toString('hex')}`;
}

async function endSupervisor(supervisor: SupervisorProcess): Promise<void> {
  supervisor.close();
  const timer = setTimeout(() => supervisor.kill(), END_GRACE_MS);
  await supervisor.exited;
  clearTimeout(timer);
}
