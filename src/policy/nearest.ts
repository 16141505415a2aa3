const LONGEST_COMPARED = 64;
const SHORTEST_CONTAINED = 4;

/** The candidate that a mistyped name most likely meant, or `null` when none is close. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  if (name.length > LONGEST_COMPARED) return null;
  const wanted = fold(name);
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, fold(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? candidates.find((candidate) => contains(candidate, wanted)) ?? null;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

// `timeout_seconds` and `TimeoutSeconds` are the same mistake: another language's spelling.
function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '');
}

// A stem such as `timeout` or `network` is many edits away from the key that holds it.
function contains(candidate: string, wanted: string): boolean {
  return wanted.length >= SHORTEST_CONTAINED && fold(candidate).includes(wanted);
}
