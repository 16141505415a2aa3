import { join } from 'node:path';
import { execa } from 'execa';

const ROOT = join(import.meta.dirname, '..');

/** Makes `dist/index.js` in a directory, of what `src` is now: what an ordinary Node can load. */
export async function bundleLibrary(directory: string): Promise<void> {
  await execa(join(ROOT, 'node_modules/.bin/esbuild'), [
    join(ROOT, 'src/index.ts'),
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--packages=external',
    '--log-level=error',
    `--outfile=${join(directory, 'dist/index.js')}`,
  ]);
}
