import type { OutputFile, RunResult } from './run-result.js';

type ResultFields = Omit<RunResult, 'file' | 'toJSON'>;

/** A run's facts as data that `JSON.stringify` writes without loss of meaning; `pungi run --json` prints it. */
export function toPlainJson(fields: ResultFields): Record<string, unknown> {
  return {
    ...fields,
    result: toJsonValue(fields.result),
    metadata: toJsonValue(fields.metadata),
    exports: toJsonValue(fields.exports),
    files: fromEntries([...fields.files].map(([name, file]) => [name, toJsonFile(file)])),
  };
}

function toJsonFile(file: OutputFile): Record<string, unknown> {
  const { sizeBytes, mode, bytes, path } = file;
  return {
    sizeBytes,
    mode,
    ...(bytes === null ? {} : { base64: base64(bytes) }),
    ...(path === null ? {} : { path }),
  };
}

export function toJsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (value instanceof Uint8Array) return { base64: base64(value) };
  if (value instanceof Date) return value.toJSON();
  return fromEntries(Object.entries(value).map(([key, member]) => [key, toJsonValue(member)]));
}

/** Without a prototype, so that a file or key named `__proto__` is only a name. */
function fromEntries(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const record: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries) record[key] = value;
  return record;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
