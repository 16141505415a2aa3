/** The time in which at least one of many overlapping things goes on. */
export interface HostClock {
  begin(): void;
  end(): void;
  ms(): number;
}

export function createHostClock(): HostClock {
  let count = 0;
  let since = 0;
  let total = 0;
  return {
    begin() {
      if (count === 0) since = performance.now();
      count += 1;
    },
    end() {
      count -= 1;
      if (count === 0) total += performance.now() - since;
    },
    ms: () => total + (count === 0 ? 0 : performance.now() - since),
  };
}
