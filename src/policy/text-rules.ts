/** What is wrong with a text that must reach a path, a variable or a source file, or `null`. */
export function textProblem(text: string): string | null {
  if (text.includes('\0')) return 'holds a NUL character';
  if (hasLoneSurrogate(text)) return 'holds a lone surrogate, which UTF-8 cannot carry';
  return null;
}

/** The bytes of a text that `textProblem` or `hasLoneSurrogate` let through. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function hasLoneSurrogate(text: string): boolean {
  return !text.isWellFormed();
}
