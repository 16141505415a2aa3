/** How a text can be written: as one of the four kinds of string. */
export type Quote = 'basic' | 'literal' | 'long-basic' | 'long-literal';

/** Values that TOML can hold and whose order of keys does not matter. */
export type TomlValue = string | number | bigint | boolean | readonly TomlValue[] | TomlTable;
export interface TomlTable {
  readonly [key: string]: TomlValue;
}

export interface TomlStyle {
  readonly quote: Quote;
  /** Whether tables get headers, dotted keys or braces. */
  readonly tables: 'header' | 'dotted' | 'inline';
  /** Comments, blank lines and trailing commas wherever they may stand. */
  readonly isLoose: boolean;
}

/** Writes a document, one way out of many. */
export function writeToml(table: TomlTable, style: TomlStyle): string {
  const end = style.isLoose ? ' # a "comment" = 1\r\n\n' : '\n';
  if (style.tables === 'header') return writeTable(table, [], style, end);
  const lines =
    style.tables === 'dotted'
      ? flatten(table, [])
      : Object.entries(table).map(([key, value]): [string[], TomlValue] => [[key], value]);
  return lines
    .map(([path, value]) => `${path.map(writeKey).join('.')} = ${writeValue(value, style)}${end}`)
    .join('');
}

function writeTable(table: TomlTable, path: readonly string[], style: TomlStyle, end: string): string {
  const entries = Object.entries(table);
  const plain = entries.filter(([, value]) => !isTable(value));
  const head = path.length === 0 ? '' : `[${path.map(writeKey).join(style.isLoose ? ' . ' : '.')}]${end}`;
  const pairs = plain.map(([key, value]) => `${writeKey(key)}=${writeValue(value, style)}${end}`);
  const inner = entries.flatMap(([key, value]) =>
    isTable(value) ? [writeTable(value, [...path, key], style, end)] : [],
  );
  return [head, ...pairs, ...inner].join('');
}

function flatten(table: TomlTable, path: readonly string[]): [string[], TomlValue][] {
  return Object.entries(table).flatMap(([key, value]): [string[], TomlValue][] =>
    isTable(value) && Object.keys(value).length > 0
      ? flatten(value, [...path, key])
      : [[[...path, key], value]],
  );
}

function writeKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key).replaceAll('\u007f', '\\u007F');
}

function writeValue(value: TomlValue, style: TomlStyle): string {
  if (typeof value === 'string') return writeText(value, style.quote);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (isTable(value)) {
    const pairs = Object.entries(value).map(([key, item]) => `${writeKey(key)} = ${writeValue(item, style)}`);
    return `{ ${pairs.join(', ')} }`;
  }
  const items = value.map((item) => writeValue(item, style));
  return style.isLoose && items.length > 0
    ? `[ # first\n${items.join(',\n# next\n')},\n]`
    : `[${items.join(',')}]`;
}

function writeNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15 && !Object.is(value, -0)) return String(value);
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? '+inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  return value.toExponential();
}

function writeText(text: string, quote: Quote): string {
  const basic = JSON.stringify(text).replaceAll('\u007f', '\\u007F');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a literal string cannot hold.
  const isPlain = !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text);
  if (quote === 'literal') return isPlain && !text.includes("'") ? `'${text}'` : basic;
  if (quote === 'long-literal') return isPlain && !text.includes("'") ? `'''\n${text}'''` : basic;
  if (quote === 'long-basic') {
    const escaped = basic.slice(1, -1);
    const body = text.includes('\\') ? escaped : escaped.replaceAll('\\n', '\n');
    // A backslash at the end of a line takes all blanks that follow, the text's own among them.
    return /^\s/.test(body) ? `"""\n${body}"""` : `"""\\\n   ${body}"""`;
  }
  return basic;
}

function isTable(value: TomlValue): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value);
}
