import { z } from 'zod';

/** What the date and the time of day are inside. */
export type Clock =
  | 'host'
  | { readonly kind: 'frozen'; readonly epochMs: number }
  | { readonly kind: 'offset'; readonly offsetMs: number };

/** Python's dates end in the year 9999, and a program may add to what it sees. */
const LATEST_MS = Date.UTC(9000, 0);
const MOST_OFFSET_SECONDS = 100 * 366 * 86_400;
const MS_PER_SECOND = 1000;

export const CLOCK_ALLOWED =
  "'host', `{ frozenAt: '2026-01-31T12:00:00Z' }` with any time from 1970 to 8999 and its zone, or " +
  `\`{ offsetSeconds: 3600 }\` with a number from -${MOST_OFFSET_SECONDS} to ${MOST_OFFSET_SECONDS}`;

export const clockSchema = z.union([
  z.literal('host'),
  z.strictObject({ frozenAt: z.string().refine((text) => frozenMs(text) !== null) }),
  z.strictObject({ offsetSeconds: z.number().min(-MOST_OFFSET_SECONDS).max(MOST_OFFSET_SECONDS) }),
]);

export function resolveClock(clock: z.output<typeof clockSchema>): Clock {
  if (clock === 'host') return 'host';
  if ('offsetSeconds' in clock) return { kind: 'offset', offsetMs: clock.offsetSeconds * MS_PER_SECOND };
  const epochMs = frozenMs(clock.frozenAt);
  if (epochMs === null) throw new TypeError('the schema lets no such time through');
  return { kind: 'frozen', epochMs };
}

/** Without a zone a text means another moment on each machine. */
function frozenMs(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return null;
  const time = Date.parse(text);
  return time >= 0 && time < LATEST_MS ? time : null;
}
