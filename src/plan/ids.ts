import type { HostFacts } from '../host/host-facts.js';
import type { IsolationLevel } from '../policy/isolation-level.js';
import type { IdMap, WorkerOrders } from './plan.js';

/** The id that a worker sees itself as, at level `full`. */
export const INSIDE_ID = 1000;
/** `nobody`: owns nothing on any host. */
export const NOBODY_ID = 65534;

export interface IdOrders {
  readonly idMap: IdMap | null;
  readonly worker: WorkerOrders['ids'];
}

/** As root the worker becomes an id that owns nothing; as an ordinary user it can only be that user. */
export function orderIds(level: IsolationLevel, facts: HostFacts): IdOrders {
  const { uid, gid, maySwitchIds } = facts.identity;
  if (level === 'full') {
    return maySwitchIds
      ? {
          idMap: {
            writer: 'parent',
            uid: [
              { inside: 0, outside: uid },
              { inside: INSIDE_ID, outside: NOBODY_ID },
            ],
            gid: [
              { inside: 0, outside: gid },
              { inside: INSIDE_ID, outside: NOBODY_ID },
            ],
          },
          worker: { uid: INSIDE_ID, gid: INSIDE_ID },
        }
      : {
          idMap: {
            writer: 'self',
            uid: [{ inside: INSIDE_ID, outside: uid }],
            gid: [{ inside: INSIDE_ID, outside: gid }],
          },
          worker: null,
        };
  }
  // Without a private root the interpreter has to be readable on the host itself, below every parent directory.
  const maySwitch =
    level === 'kernel' && maySwitchIds && facts.python.readableByOthers && facts.temporaryDirectoryOpen;
  return { idMap: null, worker: maySwitch ? { uid: NOBODY_ID, gid: NOBODY_ID } : null };
}
