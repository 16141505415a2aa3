/** Percentiles of samples; the raw samples stay as they were taken. */
export function percentiles(samples) {
  const sorted = [...samples].sort((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count: sorted.length };
}

/** Takes one sample after another; each is the time of one call in milliseconds. */
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

/** Of one call. */
export async function elapsedMs(work) {
  const [sample] = await sampleEach(1, work);
  return sample;
}

export function formatNumber(value) {
  if (value === undefined) return '-';
  if (value < 10) return value.toFixed(3);
  return value < 1000 ? value.toFixed(1) : value.toFixed(0);
}

/** As one would say it: 1/15 rather than 0.067. */
export function formatRatio(value) {
  return value < 0.5 ? `1/${(1 / value).toFixed(1)}` : value.toFixed(3);
}
