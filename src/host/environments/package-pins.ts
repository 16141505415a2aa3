import { PungiError } from '../../errors/pungi-error.js';

/** A name with extras, and one exact version: https://packaging.python.org/en/latest/specifications/version-specifiers */
const PIN = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(\[[A-Za-z0-9._,-]+\])?==([0-9][A-Za-z0-9.!+_-]*)$/;

/** Checks that every package has one exact version; sorted, so that the order of the words does not matter. */
export function readPins(packages: readonly string[]): readonly string[] {
  const names = new Map<string, string>();
  for (const text of packages) {
    const [, name] = PIN.exec(text) ?? [];
    if (name === undefined) throw unpinned(text);
    const known = normalName(name);
    const other = names.get(known);
    if (other !== undefined) {
      throw invalid(
        text,
        `The package '${name}' is given twice: '${other}' and '${text}'.`,
        'Leave one of them out.',
      );
    }
    names.set(known, text);
  }
  return [...packages].sort();
}

/** https://packaging.python.org/en/latest/specifications/name-normalization */
export function normalName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

function unpinned(text: string): PungiError {
  const name = /^[A-Za-z0-9._-]*[A-Za-z0-9]/.exec(text)?.[0] ?? 'NAME';
  return invalid(
    text,
    `The package '${text}' is not pinned; allowed: NAME==VERSION with one exact version.`,
    `Write it as ${name}==VERSION; \`pip index versions ${name}\` lists the versions.`,
  );
}

function invalid(value: string, message: string, hint: string): PungiError {
  return new PungiError('INVALID_INPUT', message, { hint, details: { argument: 'packages', value } });
}
