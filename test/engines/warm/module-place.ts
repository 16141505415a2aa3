import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** A virtual environment with modules of our own, to be preloaded; named by its directory. */
export interface ModulePlace {
  readonly directory: string;
  remove(): void;
}

export async function makeModulePlace(
  python: string,
  modules: Readonly<Record<string, string>>,
): Promise<ModulePlace> {
  const directory = mkdtempSync(join(tmpdir(), 'modules-'));
  await execa(python, ['-m', 'venv', '--without-pip', '--system-site-packages', directory]);
  const [version] = readdirSync(join(directory, 'lib'));
  const packages = join(directory, 'lib', version ?? '', 'site-packages');
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(packages, `${name}.py`), text);
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
