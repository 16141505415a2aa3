import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import type { OrdinaryProgram } from './read-programs.js';

const SCRIPT = join(import.meta.dirname, 'bare.py');

const outcomes = z.record(
  z.string(),
  z.object({ exitCode: z.number(), stdout: z.string(), stderr: z.string() }),
);

export type BareOutcomes = z.infer<typeof outcomes>;

/** What the programs print in an ordinary interpreter, which imports `preload` and then forks for each. */
export async function runBare(
  python: string,
  preload: readonly string[],
  programs: readonly OrdinaryProgram[],
): Promise<BareOutcomes> {
  const { stdout } = await execa(python, ['-I', '-X', 'utf8', SCRIPT], {
    input: JSON.stringify({ preload, programs: Object.fromEntries(programs.map((p) => [p.name, p.file])) }),
    env: {
      LANG: 'C.UTF-8',
      MPLBACKEND: 'Agg',
      OPENBLAS_NUM_THREADS: '1',
      OMP_NUM_THREADS: '1',
      TMPDIR: process.env['TMPDIR'] ?? '/tmp',
    },
    extendEnv: false,
  });
  return outcomes.parse(JSON.parse(stdout));
}
