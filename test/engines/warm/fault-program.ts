import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { bundleLibrary } from '../../bundle-library.js';

const ROOT = join(import.meta.dirname, '../../..');
const MOST_MS = 60_000;

/** A copy of the library that an ordinary Node can load, for faults that would meet the test runner too. */
export interface ProgramPlace {
  /** Its own temporary directory, empty at first. */
  readonly temporary: string;
  /** Runs a module of plain JavaScript beneath a command such as `prlimit`; gives the JSON that it printed. */
  run(prefix: readonly string[], program: string): Promise<unknown>;
  remove(): void;
}

export async function makeProgramPlace(): Promise<ProgramPlace> {
  // By its name: TMPDIR may be a directory that only root can enter.
  const directory = mkdtempSync(join(process.getuid?.() === 0 ? '/tmp' : tmpdir(), 'faults-'));
  const temporary = join(directory, 'tmp');
  // Where the compiled harness is kept.
  const home = join(directory, 'home');
  mkdirSync(temporary);
  mkdirSync(home);
  chmodSync(directory, 0o755);
  chmodSync(home, 0o777);
  chmodSync(temporary, 0o777);
  await bundleLibrary(directory);
  for (const name of ['python-harness', 'node_modules', 'package.json'])
    symlinkSync(join(ROOT, name), join(directory, name));
  return {
    temporary,
    async run(prefix, program) {
      const file = join(directory, 'program.mjs');
      writeFileSync(file, HEAD + program);
      const [command, ...rest] = [...prefix, process.execPath, file];
      const ended = await execa(command ?? process.execPath, rest, {
        reject: false,
        timeout: MOST_MS,
        env: { TMPDIR: temporary, HOME: home },
      });
      if (ended.exitCode !== 0 || ended.stderr !== '')
        throw new Error(
          `The program ended with ${ended.exitCode ?? ended.signal}:\n${ended.stderr}\n${ended.stdout}`,
        );
      return JSON.parse(ended.stdout);
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** What the programs share: `ends` tells how runs ended, and that each was settled in time. */
const HEAD = `
import * as fs from 'node:fs';
import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { createRunner, presets, runCode } from './dist/index.js';
const childrenOf = (pid) => {
  try {
    return fs.readFileSync(\`/proc/\${pid}/task/\${pid}/children\`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return []; // It has ended.
  }
};
const late = delay(30_000, 'not settled', { ref: false });
const how = (run) => (run.status === 'ok' ? \`ok \${run.result}\` : \`\${run.status}: \${run.error}\`);
const ends = (runs) => Promise.all(runs.map((run) => Promise.race([late, run.then(how, (error) => \`\${error.name} \${error.code}: \${error.message}\`)])));
const policyAt = (level) => ({ ...presets.agent, timeoutSeconds: 2, isolation: { exactly: level } });
async function open(level, size) {
  const runner = await createRunner({ policy: policyAt(level), warm: { size } });
  while (runner.info().idle < size) await delay(5);
  return runner;
}
const several = (runner, count) => ends(Array.from({ length: count }, (_, index) => runner.run('result = input_data', index)));
`;
