/** One line of JSON. Integers that JSON readers would round are written as text. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
}
