/**
 * Keeps the head and the tail of a text and says how much is missing between; never longer than `maxChars`,
 * never half of a surrogate pair. Below the length of the marker only the head is kept.
 */
export function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const room = maxChars - marker(text.length).length;
  if (room < 2) return text.slice(0, headEnd(text, Math.max(0, maxChars)));
  const head = text.slice(0, headEnd(text, Math.ceil(room / 2)));
  const tail = text.slice(tailStart(text, text.length - Math.floor(room / 2)));
  return head + marker(text.length - head.length - tail.length) + tail;
}

function marker(omitted: number): string {
  return `\n... [${omitted} characters omitted] ...\n`;
}

function headEnd(text: string, end: number): number {
  return isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end;
}

function tailStart(text: string, start: number): number {
  return isLowSurrogate(text.charCodeAt(start)) ? start + 1 : start;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
