export const SMALLEST_MEMORY_MB = 16;
export const LARGEST_MEMORY_MB = 65_536;

const MB_PER_UNIT: Readonly<Record<string, number>> = { m: 1, g: 1024 };

/** Megabytes (2^20 bytes) of `256`, `'256m'`, `'512mb'` or `'1g'`; `null` for anything else or out of range. */
export function memoryMegabytes(size: number | string): number | null {
  const megabytes = typeof size === 'number' ? size : parseMegabytes(size);
  return megabytes !== null && megabytes >= SMALLEST_MEMORY_MB && megabytes <= LARGEST_MEMORY_MB
    ? megabytes
    : null;
}

function parseMegabytes(text: string): number | null {
  const match = /^(\d{1,6}(?:\.\d{1,3})?)([mg])b?$/i.exec(text);
  const unit = MB_PER_UNIT[match?.[2]?.toLowerCase() ?? ''];
  return match?.[1] === undefined || unit === undefined ? null : Number(match[1]) * unit;
}
