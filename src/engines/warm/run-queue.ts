/** First in, first out, with removal from the middle; every step takes constant time on average. */
export interface RunQueue<T> {
  readonly size: number;
  push(item: T): void;
  /** For one that was taken too early. */
  pushFront(item: T): void;
  shift(): T | null;
  remove(item: T): boolean;
}

/** So many taken places are kept before the list is moved down. */
const MOST_TAKEN = 1024;

export function createRunQueue<T extends object>(): RunQueue<T> {
  let items: (T | null)[] = [];
  let first = 0;
  const places = new Map<T, number>();

  function compact(): void {
    if (first < MOST_TAKEN || first * 2 < items.length) return;
    items = items.slice(first);
    first = 0;
    for (const [place, item] of items.entries()) if (item !== null) places.set(item, place);
  }

  return {
    get size() {
      return places.size;
    },
    push(item) {
      places.set(item, items.length);
      items.push(item);
    },
    pushFront(item) {
      if (first === 0) {
        items.unshift(...new Array<null>(MOST_TAKEN).fill(null));
        first = MOST_TAKEN;
        for (const [other, place] of places) places.set(other, place + MOST_TAKEN);
      }
      first -= 1;
      items[first] = item;
      places.set(item, first);
    },
    shift() {
      while (first < items.length) {
        const item = items[first] ?? null;
        items[first] = null;
        first += 1;
        if (item === null) continue;
        places.delete(item);
        compact();
        return item;
      }
      items = [];
      first = 0;
      return null;
    },
    remove(item) {
      const place = places.get(item);
      if (place === undefined) return false;
      items[place] = null;
      places.delete(item);
      return true;
    },
  };
}
