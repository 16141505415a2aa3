import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { sciencePython } from '../conformance/science-python.js';
import { type Block, ROOT } from './pages.js';

const SOURCE = join(ROOT, 'src/index.ts');
const { file: science } = sciencePython(['matplotlib', 'pandas']);

/** A line `expression; // literal` is a claim: the value of the expression. */
const CLAIM = /^(\S.*?); \/\/ (true|false|null|undefined|-?[\d.]+n?|'.*'|".*"|\[.*\]|\{.*\})$/;

/** What the examples find in their current directory. */
const FILES: Readonly<Record<string, string>> = {
  'report.py': "rows = open('data.csv').read().split()\nopen('report.md', 'w').write(f'{len(rows)} lines')\n",
  'march.csv': 'station,celsius\nhill,3.5\n',
  'homework.py': 'def double(x):\n    return 2 * x\n\nprint(double(21))\n',
  'policy.toml': 'timeoutSeconds = 2.5\n',
  'smoke.py': "import json\nassert json.loads('[1]') == [1]\n",
  'data/sales.csv': 'region,sales\nnorth,120\nsouth,80\n',
};

export interface BlockPlace {
  /** The current directory of the examples of one test file. */
  readonly directory: string;
}

/** A directory with the files that examples speak of; it is the current one while the tests of a file run. */
export function exampleDirectory(): BlockPlace {
  const directory = mkdtempSync(join(tmpdir(), 'pungi-docs-'));
  const before = process.cwd();
  beforeAll(() => {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(join(directory, name, '..'), { recursive: true });
      writeFileSync(join(directory, name), text);
    }
    mkdirSync(join(directory, 'venv/bin'), { recursive: true });
    symlinkSync(science, join(directory, 'venv/bin/python'));
    process.chdir(directory);
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(directory, { recursive: true });
  });
  return { directory };
}

/** Needs packages beside the standard library: a reason to skip it where no Python has them. */
export function needsScience({ text }: Block): boolean {
  return /venv\/bin\/python/.test(text);
}

/** Runs a block of JavaScript and compares what it claims. */
export async function runScript({ text, line, page }: Block): Promise<void> {
  // Beneath the repository, where vitest transforms what is imported.
  const cache = join(ROOT, '.cache');
  mkdirSync(cache, { recursive: true });
  const place = mkdtempSync(join(cache, 'docs-'));
  try {
    const lines = text.split('\n');
    const file = join(place, `line-${line}.mjs`);
    writeFileSync(file, `export const claims = [];\n${lines.map(withClaim).join('\n')}\n`);
    const module: { claims: readonly (readonly [string, unknown, unknown])[] } = await import(file);
    const claims = lines.filter((text) => CLAIM.test(text)).length;
    expect(claims, `${page}: the block says nothing that can be compared`).toBeGreaterThan(0);
    expect(module.claims).toHaveLength(claims);
    for (const [expression, seen, told] of module.claims)
      expect([expression, seen]).toEqual([expression, told]);
  } finally {
    rmSync(place, { recursive: true });
  }
}

function withClaim(line: string): string {
  const [, expression, literal] = CLAIM.exec(line) ?? [];
  if (expression !== undefined)
    return `claims.push([${JSON.stringify(expression)}, ${expression}, ${literal}]);`;
  return line
    .replace("from 'pungi'", `from ${JSON.stringify(SOURCE)}`)
    .replace("mkdtempSync('/tmp/", `mkdtempSync('${process.cwd()}/`);
}
