import { execFileSync } from 'node:child_process';

/** Writes a wheel with one module and one script, by the standard library alone: a package index is a directory of such files. */
const SCRIPT = `
import sys, zipfile
directory, name, version, needs = sys.argv[1:]
info = f'{name}-{version}.dist-info'
files = {
    f'{name}.py': f'VERSION = {version!r}\\ndef tool(): print(VERSION)\\n',
    f'{info}/entry_points.txt': f'[console_scripts]\\n{name}-tool = {name}:tool\\n',
    f'{info}/METADATA': f'Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n' + (f'Requires-Dist: {needs}\\n' if needs else ''),
    f'{info}/WHEEL': 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n',
}
record = ''.join(f'{path},,\\n' for path in [*files, f'{info}/RECORD'])
with zipfile.ZipFile(f'{directory}/{name}-{version}-py3-none-any.whl', 'w') as wheel:
    for path, text in {**files, f'{info}/RECORD': record}.items():
        wheel.writestr(path, text)
`;

export function writeWheel(directory: string, name: string, version: string, needs = ''): void {
  execFileSync('python3', ['-I', '-c', SCRIPT, directory, name, version, needs]);
}
