import { FRAME } from './frame-kinds.js';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Most payload bytes of each kind that a supervisor may send; what is not here must not come. */
const CAPS: ReadonlyMap<number, number> = new Map([
  [FRAME.ready, 64 * KIB],
  [FRAME.process, KIB],
  [FRAME.stdout, MIB],
  [FRAME.stderr, MIB],
  // The largest maxResultKb, with room for error, repr and notes; the exact cap is held by the supervisor.
  [FRAME.outcome, 72 * MIB],
  // The largest maxDisplayKb and, for the whole metadata, the largest maxResultKb.
  [FRAME.display, 65 * MIB],
  [FRAME.event, 65 * MIB],
  // The largest maxArgumentKb, with number and name.
  [FRAME.call, 17 * MIB],
  [FRAME.room, 4],
  [FRAME.fileHead, 64 * KIB],
  [FRAME.fileBody, MIB],
  [FRAME.end, MIB],
  [FRAME.failed, 64 * KIB],
  [FRAME.opened, 64 * KIB],
  [FRAME.refused, 4 * KIB],
  [FRAME.ended, KIB],
  [FRAME.listing, 4 * MIB],
]);

/** The cap for a kind on the channel from the supervisor; `null` for a kind that must not come. */
export function frameCap(kind: number): number | null {
  return CAPS.get(kind) ?? null;
}
