import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeSharedPools, policyFromFile, presets, runCode, validateCode } from '../../src/index.js';
import { buildCli } from '../cli/built-cli.js';
import { writeWheel } from '../cli/local-wheel.js';
import { sciencePython } from '../conformance/science-python.js';
import { type Block, listPages, readBlocks } from './pages.js';
import { exampleDirectory, needsScience, runScript } from './run-block.js';

const cli = buildCli();
const { directory } = exampleDirectory();
const { skip } = sciencePython(['matplotlib', 'pandas']);
const blocks = listPages().flatMap(readBlocks);

/** Lines that install, build or need a cluster; everything else of a block of shell is run. */
const SHOWN_ONLY = [/^([A-Z_]+=\S+ )*npm /, /^docker /, /^kubectl /, /^sudo /, /^pip /, /^python3 -m venv /];

function blocksIn(...languages: readonly string[]): readonly { name: string; block: Block }[] {
  return blocks
    .filter(({ language }) => languages.includes(language))
    .map((block) => ({ name: `${block.page}:${block.line}`, block }));
}

/** `pungi` and `npx pungi` as the built command. */
const bin = join(directory, '.bin');
beforeAll(() => {
  mkdirSync(bin);
  for (const [name, skipped] of Object.entries({ pungi: 0, npx: 1 })) {
    writeFileSync(join(bin, name), `#!/bin/sh\nshift ${skipped}\nexec node ${cli.main} "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }
});
/** The index that the examples of `pungi env` find: two wheels of the names and versions that they pin. */
const wheels = join(directory, '.wheels');
beforeAll(() => {
  mkdirSync(wheels);
  writeWheel(wheels, 'pandas', '2.2.3', 'numpy');
  writeWheel(wheels, 'numpy', '2.1.3');
});
const index = { XDG_DATA_HOME: join(directory, '.data'), PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels };
afterAll(() => closeSharedPools());

test('a block is of a kind that is checked', () => {
  const known = ['js', 'python', 'sh', 'json', 'toml', 'yaml', 'dockerfile', 'bash', 'ts'];
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
  const typed = blocks.filter(({ language, page }) => language === 'ts' && page !== 'docs/api.md');
  expect(typed).toEqual([]);
  // A block in bash or YAML is another system's own, but for the manifests of the container guide.
  const foreign = blocks.filter(({ language }) => language === 'bash' || language === 'yaml');
  expect(foreign.filter(({ page }) => !/^docs\/(migrate\/|guides\/containers)/.test(page))).toEqual([]);
});

test.each(blocksIn('js'))('$name runs', async ({ block }) => {
  if (needsScience(block) && skip !== null) return;
  await runScript(block);
});

test.each(blocksIn('python'))('$name is Python', async ({ block }) => {
  // Pages of migration show the other system's own examples, which need that system.
  if (block.page.startsWith('docs/migrate/')) {
    const policy = { ...presets.agent, stripFences: false };
    expect((await validateCode(block.text, policy)).problems).toEqual([]);
  } else {
    expect((await runCode(block.text, {}, presets.agent)).error).toBeNull();
  }
});

/** The page of the architecture shows forms of frames, not data. */
const policies = blocksIn('toml', 'json').filter(({ block }) => block.page !== 'docs/architecture.md');

test.each(policies)('$name is a policy', ({ block: { language, text } }) => {
  const path = join(directory, `shown.${language}`);
  writeFileSync(path, text);
  expect(Object.keys(policyFromFile(path)).length).toBeGreaterThan(0);
});

test.each(blocksIn('sh'))('$name runs', async ({ block }) => {
  const lines = block.text.split('\n').filter((line) => !SHOWN_ONLY.some((shown) => shown.test(line)));
  const ran = await execa('bash', ['-euo', 'pipefail', '-c', lines.join('\n')], {
    cwd: directory,
    env: { ...index, PATH: `${bin}:${process.env['PATH']}` },
    stdin: 'ignore',
    reject: false,
  });
  expect([ran.exitCode, ran.stderr]).toEqual([0, expect.not.stringContaining('pungi: ')]);
});
