import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
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

test('what a killed command left is told, made anew, and no Python', async () => {
  const half = join(place, 'half');
  mkdirSync(join(half, 'bin'), { recursive: true });
  writeFileSync(join(half, 'pungi-env.maker'), 'pungi-1-0-00000000-env');
  expect(await cli.run(['env', 'list'], { env })).toMatchObject({ stdout: 'half  being made\n' });
  utimesSync(join(half, 'pungi-env.maker'), 0, 0);
  expect(await cli.run(['env', 'list'], { env })).toMatchObject({ stdout: 'half  half made\n' });
  expect(await cli.run(['run', '--python', 'env:half', '-c', '1'], { env })).toMatchObject({ exitCode: 70 });
  expect(await cli.run(['env', 'create', 'half'], { env })).toMatchObject({ exitCode: 0 });
  expect(await cli.run(['env', 'remove', 'half'], { env })).toMatchObject({ exitCode: 0 });
});
