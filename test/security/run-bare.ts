import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const SHOW = '\nimport json as _json\nprint(_json.dumps(result))\n';

/** The `result` of the same program in an ordinary Python of this user, in a directory of its own. */
export async function runBare(
  code: string,
  environment: Readonly<Record<string, string>>,
  inputData: unknown = {},
): Promise<Readonly<Record<string, string>>> {
  const directory = await mkdtemp(join(tmpdir(), 'bare-'));
  try {
    const { stdout } = await execa('/usr/bin/python3', ['-I', '-'], {
      input: `import json\ninput_data = json.loads(${JSON.stringify(JSON.stringify(inputData))})\n${code}${SHOW}`,
      cwd: directory,
      env: { ...environment, HOME: directory },
      extendEnv: false,
      timeout: 20_000,
    });
    const parsed: unknown = JSON.parse(stdout.split('\n').at(-1) ?? '');
    return readOutcomes(parsed);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What a composed program says of its attacks; anything else is a broken test, not a held attack. */
export function readOutcomes(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`no outcomes: ${String(value)}`);
  return Object.fromEntries(Object.entries(value).map(([id, outcome]) => [id, String(outcome)]));
}
