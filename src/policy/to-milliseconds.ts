/** Whole milliseconds of seconds with a fraction; a limit never rounds down to none. */
export function toMilliseconds(seconds: number): number {
  return Math.max(1, Math.round(seconds * 1000));
}
