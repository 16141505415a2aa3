import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface InstalledPython {
  readonly file: string;
  /** Why tests that need a usable CPython pass it over; `null` when it is usable. */
  readonly skip: string | null;
}

/** The interpreters of this machine by full path, old ones included. */
export function installedPythons(): readonly InstalledPython[] {
  const versions = path.join(os.homedir(), '.pyenv', 'versions');
  const managed = existsSync(versions)
    ? readdirSync(versions).map((version) => path.join(versions, version, 'bin', 'python'))
    : [];
  return [...managed, '/usr/bin/python3', '/usr/local/bin/python3']
    .filter((file) => existsSync(file))
    .map((file) => ({ file, skip: reasonToSkip(file) }));
}

function reasonToSkip(file: string): string | null {
  const program = 'import sys; sys.stdout.write("%d.%d" % sys.version_info[:2])';
  const version = execFileSync(file, ['-E', '-S', '-c', program]).toString();
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 3 && minor >= 9 ? null : `it is Python ${version}`;
}
