/** Plain data as Python writes it. */
export function pythonLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberLiteral(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([key, item]) => `${textLiteral(key)}: ${pythonLiteral(item)}`);
    return `{${members.join(', ')}}`;
  }
  return typeof value === 'string' ? textLiteral(value) : '...';
}

function numberLiteral(value: number): string {
  return Number.isFinite(value)
    ? String(value)
    : `float('${value < 0 ? '-' : ''}${Number.isNaN(value) ? 'nan' : 'inf'}')`;
}

/** The escapes of JSON are those of Python. */
function textLiteral(text: string): string {
  const quoted = JSON.stringify(text);
  return text.includes("'") ? quoted : `'${quoted.slice(1, -1).replaceAll('\\"', '"')}'`;
}
