const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `64 MB`, `1.5 KB`, `12 bytes`; a KB is 1024 bytes, as in the policy's fields. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const rounded = trimDecimals(value, 1);
  return `${rounded} ${bytes === 1 ? 'byte' : UNITS[unit]}`;
}

/** `5 s`, `0.25 s`. */
export function formatSeconds(milliseconds: number): string {
  return `${trimDecimals(milliseconds / 1000, 3)} s`;
}

function trimDecimals(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
