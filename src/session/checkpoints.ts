import { badOption } from '../job/run-options.js';
import type { Checkpoint } from './session.js';
import type { SessionLife } from './session-life.js';

/** The checkpoints of one runner, and the sleeping copies behind them. */
export interface Checkpoints {
  keep(life: SessionLife): Checkpoint;
  /** Throws `INVALID_INPUT` for what is no checkpoint of this runner. */
  find(checkpoint: unknown): SessionLife;
}

export function createCheckpoints(): Checkpoints {
  const lives = new WeakMap<object, SessionLife>();
  return {
    keep(life) {
      const close = (): Promise<void> => life.close('kill');
      const checkpoint: Checkpoint = Object.freeze({ close, [Symbol.asyncDispose]: close });
      lives.set(checkpoint, life);
      return checkpoint;
    },
    find(checkpoint) {
      const life = typeof checkpoint === 'object' && checkpoint !== null ? lives.get(checkpoint) : undefined;
      if (life !== undefined) return life;
      throw badOption('checkpoint', checkpoint, 'a checkpoint that a session of the same runner has made');
    },
  };
}
