/** Places that this program has swept, or is about to. */
const places = new Map<string, 'planned' | 'done'>();

/** Long enough after the first start to be in nobody's way. */
const PAUSE_MS = 2_000;

/** For a place that was just used first: it is swept after a while, if this program lives that long. */
export function planSweep(place: string, sweep: (place: string) => Promise<void>): void {
  if (places.has(place)) return;
  places.set(place, 'planned');
  setTimeout(() => sweepOnce(place, sweep), PAUSE_MS).unref();
}

/** For a place whose first user is done: it is swept now, if it was not yet, and nobody waits for that. */
export function sweepOnce(place: string, sweep: (place: string) => Promise<void>): void {
  if (places.get(place) === 'done') return;
  places.set(place, 'done');
  setImmediate(() => void sweep(place));
}
