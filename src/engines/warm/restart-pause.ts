const FIRST_MS = 50;
const LONGEST_MS = 5000;

/** A tree that lived so long was no failure. */
export const STEADY_MS = 10_000;

/** How long to wait before the next start when so many have been tried since the last steady tree. */
export function restartPauseMs(starts: number): number {
  // The first is the ordinary one, and the next is to be quick.
  return starts <= 1 ? 0 : Math.min(FIRST_MS * 2 ** (starts - 2), LONGEST_MS);
}
