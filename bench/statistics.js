/** Percentiles of samples in milliseconds; raw samples stay as they were taken. */
export function percentiles(samples) {
  const sorted = [...samples].sort((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count: sorted.length };
}

/** Takes one sample after another; each is the time of one call. */
export async function sampleEach(count, work, { pauseMs = 0 } = {}) {
  const samples = [];
  for (let index = 0; index < count; index += 1) {
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const start = performance.now();
    await work(index);
    samples.push(performance.now() - start);
  }
  return samples;
}

export function formatMs(value) {
  return value === undefined ? '-' : value < 10 ? value.toFixed(3) : value.toFixed(1);
}
