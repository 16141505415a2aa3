import type { RunEvent } from './run-event.js';

/** What is kept for one who reads later; while somebody reads, all is kept until it is read. */
const MOST_UNREAD_CHARACTERS = 1024 * 1024;

export interface EventLog {
  add(event: RunEvent): void;
  /** From the first event still kept, to `run-end`; throws what `settled` rejects with. */
  read(settled: Promise<unknown>): AsyncGenerator<RunEvent>;
}

export function createEventLog(): EventLog {
  const events: RunEvent[] = [];
  const readers = new Set<() => void>();
  let dropped = 0;
  let characters = 0;

  function dropUnread(): void {
    while (readers.size === 0 && characters > MOST_UNREAD_CHARACTERS) {
      const oldest = events.shift();
      if (oldest === undefined) return;
      dropped += 1;
      characters -= size(oldest);
    }
  }

  return {
    add(event) {
      events.push(event);
      characters += size(event);
      dropUnread();
      for (const wake of readers) wake();
    },
    async *read(settled) {
      const bell = createBell();
      readers.add(bell.ring);
      try {
        for (let next = dropped; ; next += 1) {
          while (next >= dropped + events.length) await Promise.race([settled, bell.rung()]);
          const event = events[next - dropped];
          if (event === undefined) return;
          yield event;
          if (event.type === 'run-end') return;
        }
      } finally {
        readers.delete(bell.ring);
        dropUnread();
      }
    },
  };
}

/** Displays and values are held by the result, too; their events weigh what they add. */
const SMALL_EVENT = 100;

function size(event: RunEvent): number {
  switch (event.type) {
    case 'stdout':
    case 'stderr':
      return event.text.length;
    case 'run-end':
      return 0;
    default:
      return SMALL_EVENT;
  }
}

/** A promise that can be had again and again. */
function createBell(): { readonly ring: () => void; rung(): Promise<void> } {
  let wake: () => void = () => undefined;
  return {
    ring: () => wake(),
    rung: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
  };
}
