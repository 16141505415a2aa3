const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

const RESERVED_GLOBALS = new Set(['input_data', 'result']);

/** Whether Python reads the text as one name. Its parser folds names to NFKC, so only folded ones are reachable. */
export function isPythonName(text: string): boolean {
  return (
    /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text) &&
    text.normalize('NFKC') === text &&
    !KEYWORDS.has(text)
  );
}

/** `os`, `urllib.parse`. */
export function isModuleName(text: string): boolean {
  return text.length <= 255 && text.split('.').every(isPythonName);
}

/** Whether a constant may have this name: not `input_data` or `result`, nor a dunder, which the harness owns. */
export function isGlobalName(text: string): boolean {
  return isPythonName(text) && !RESERVED_GLOBALS.has(text) && !/^__.*__$/.test(text);
}
