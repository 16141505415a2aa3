import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildCli } from './built-cli.js';
import { writeWheel } from './local-wheel.js';

const cli = buildCli();
const data = join(cli.directory, 'data');
const place = join(data, 'pungi/envs');
const wheels = join(cli.directory, 'wheels');
const env = { XDG_DATA_HOME: data, PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels };

beforeAll(() => {
  mkdirSync(wheels);
  writeWheel(wheels, 'pungi_sample', '1.2', 'pungi_base>=1');
  writeWheel(wheels, 'pungi_base', '1.0');
});

test('an environment is made, used, told of, kept, and removed', async () => {
  const create = ['env', 'create', 'sample', 'pungi-sample==1.2'];
  const path = join(place, 'sample');
  const use = 'use it by --python env:sample\n';
  expect(await cli.run(create, { env })).toEqual({
    stdout: `made: ${path}\n${use}`,
    stderr: 'installing pungi-sample==1.2\n',
    exitCode: 0,
  });

  const code = 'import pungi_sample, sys; [pungi_sample.VERSION, sys.prefix]';
  const ran = await cli.run(['run', '--python', 'env:sample', '-c', code], { env });
  expect(ran).toEqual({ stdout: `['1.2', '${path}']\n`, stderr: '', exitCode: 0 });

  const tool = join(path, 'bin/pungi_sample-tool');
  expect(execFileSync(tool, { encoding: 'utf8' })).toBe('1.2\n');
  for (const file of [tool, join(path, 'pyvenv.cfg'), join(path, 'bin/activate')]) {
    expect(readFileSync(file, 'utf8')).not.toContain('~');
  }

  const installed = ['pungi-base==1.0', 'pungi-sample==1.2'];
  const listed = await cli.run(['env', 'list', '--json'], { env });
  expect(JSON.parse(listed.stdout)).toMatchObject({
    directory: place,
    environments: [{ name: 'sample', path, state: 'ready', packages: ['pungi-sample==1.2'], installed }],
  });

  expect(await cli.run(create, { env })).toMatchObject({ stdout: `there already: ${path}\n${use}` });
  expect(await cli.run(['env', 'create', 'sample'], { env })).toMatchObject({
    stderr: expect.stringMatching(
      /^pungi: There is another environment 'sample' already: Python [\d.]+ pungi-sample==1\.2\.\nhint: Choose another name, or type `pungi env remove sample` first\.\n$/,
    ),
    exitCode: 2,
  });

  expect(await cli.run(['env', 'remove', 'sampel'], { env })).toEqual({
    stdout: '',
    stderr:
      "pungi: There is no environment 'sampel'. Did you mean 'sample'?\nhint: `pungi env list` has all of them.\n",
    exitCode: 2,
  });
  expect(await cli.run(['env', 'remove', 'sample'], { env })).toEqual({
    stdout: `removed: ${path}\n`,
    stderr: '',
    exitCode: 0,
  });
  expect(await cli.run(['run', '--python', 'env:sample', '-c', '1'], { env })).toMatchObject({
    stderr: expect.stringContaining(
      'The pythonExecutable cannot be used. Tried env:sample: there is no such environment, `pungi env list` has all of them.\n',
    ),
    exitCode: 70,
  });
});

test('what could not be made is not left', async () => {
  const { stderr, exitCode } = await cli.run(['env', 'create', 'none', 'pungi-sample==9'], { env });
  expect([stderr.split('\n').slice(1), exitCode]).toEqual([
    [
      "pungi: The environment 'none' could not be made: there is no wheel of that version for this Python: No matching distribution found for pungi-sample==9",
      'hint: Look for a version with a wheel, or name another Python by --python; nothing is built from source.',
      '',
    ],
    70,
  ]);
  expect(readdirSync(place)).toEqual([]);
});

test('what a killed command left is told, removed by the next, and no Python', async () => {
  const half = join(place, '.half~pungi-1-0-00000000-11111111');
  mkdirSync(join(half, 'bin'), { recursive: true });
  const create = ['env', 'create', 'half'];
  expect(await cli.run(['env', 'list'], { env })).toMatchObject({ stdout: 'half  being made\n' });
  expect(await cli.run(['env', 'remove', 'half'], { env })).toMatchObject({
    stderr: "pungi: The environment 'half' is being made by another process.\nhint: Wait for it to end.\n",
    exitCode: 2,
  });
  utimesSync(half, 0, 0);
  expect(await cli.run(['env', 'list'], { env })).toMatchObject({ stdout: 'half  half made\n' });
  expect(await cli.run(['run', '--python', 'env:half', '-c', '1'], { env })).toMatchObject({ exitCode: 70 });
  expect(await cli.run(create, { env })).toMatchObject({ exitCode: 0 });
  expect(readdirSync(place)).toEqual(['half']);
  expect(await cli.run(['env', 'remove', 'half'], { env })).toMatchObject({ exitCode: 0 });
  expect(readdirSync(place)).toEqual([]);
});

test('of several that make the same one at once, one does, and all find it whole', async () => {
  const create = ['env', 'create', 'shared', 'pungi-sample==1.2'];
  const ended = await Promise.all([create, create, create.slice(0, 3)].map((args) => cli.run(args, { env })));
  expect(readdirSync(place)).toEqual(['shared']);
  expect(ended.filter(({ stdout }) => stdout.startsWith('made: '))).toHaveLength(1);
  const { stdout } = await cli.run(['env', 'list', '--json'], { env });
  const { environments } = JSON.parse(stdout);
  expect(environments).toMatchObject([{ name: 'shared', state: 'ready' }]);
  // Whoever asked for the one that is there has it; the others are told of it.
  const isBare = environments[0].packages.length === 0;
  expect(ended.map(({ exitCode }) => exitCode)).toEqual(isBare ? [2, 2, 0] : [0, 0, 2]);
  expect(ended.map(({ stderr }) => stderr).join('')).toContain(
    "There is another environment 'shared' already: ",
  );
});

test('what has a name and is no environment is neither used nor overwritten', async () => {
  mkdirSync(join(place, 'mine'));
  writeFileSync(join(place, 'mine/notes.txt'), 'kept');
  const { stderr, exitCode } = await cli.run(['env', 'create', 'mine'], { env });
  expect([stderr, exitCode]).toEqual([
    `pungi: What is at ${join(place, 'mine')} is no environment that pungi has made.\nhint: Choose another name, or type \`pungi env remove mine\` first.\n`,
    2,
  ]);
  expect(readFileSync(join(place, 'mine/notes.txt'), 'utf8')).toBe('kept');
});
