import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
}

export interface RunCliOptions {
  /** What the command reads on standard input; nothing without it. */
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** System calls that the kernel is to refuse to the command and all that it starts. */
  readonly refused?: readonly string[];
}

export interface BuiltCli {
  /** The built command, for tests that start it themselves. */
  readonly main: string;
  /** A directory of the file's own, in which commands run. */
  readonly directory: string;
  run(args: readonly string[], options?: RunCliOptions): Promise<Ended>;
}

/** Builds the command once for a test file, where it finds the harness as it would in the package. */
export function buildCli(): BuiltCli {
  const cache = join(ROOT, '.cache');
  mkdirSync(cache, { recursive: true });
  const build = mkdtempSync(join(cache, 'cli-'));
  const directory = mkdtempSync(join(tmpdir(), 'pungi-cli-'));
  const main = join(build, 'main.js');

  leaveOutSettings(directory);
  beforeAll(async () => {
    const tsup = join(ROOT, 'node_modules/.bin/tsup');
    await execa(tsup, ['src/cli/main.ts', '--no-dts', '--silent', '--out-dir', build], { cwd: ROOT });
  }, 60_000);
  afterAll(() => {
    for (const made of [build, directory]) rmSync(made, { recursive: true, force: true });
  });

  return {
    main,
    directory,
    async run(args, { input, env = {}, refused = [] } = {}) {
      const [file = 'node', ...rest] = [...underFilter(refused), 'node', main, ...args];
      const { stdout, stderr, exitCode } = await execa(file, rest, {
        cwd: directory,
        reject: false,
        stripFinalNewline: false,
        env: { ...env, PYTHONPATH: join(ROOT, 'python-harness') },
        ...(input === undefined ? { stdin: 'ignore' } : { input }),
      });
      return { stdout, stderr, exitCode };
    },
  };
}

function underFilter(refused: readonly string[]): readonly string[] {
  return refused.length === 0 ? [] : ['python3', '-m', 'tests.refusing_filter', refused.join(',')];
}

/** The settings of whoever runs the tests are not those of the commands: no variables, no config file. */
export function leaveOutSettings(directory: string): void {
  for (const name of Object.keys(process.env)) {
    if (/^(?:PUNGI|SANDBOX)_/.test(name)) delete process.env[name];
  }
  process.env['XDG_CONFIG_HOME'] = join(directory, 'config');
}
