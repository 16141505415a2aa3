import { expect, test } from 'vitest';
import { doctor } from '../../src/doctor.js';
import { buildCli } from './built-cli.js';

const cli = buildCli();

test('doctor tells the layers and proves each level', async () => {
  const report = await doctor();
  const { stdout, stderr, exitCode } = await cli.run(['doctor']);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: report.ok ? 0 : 70 });
  const lines = stdout.split('\n');
  expect(lines[0]).toBe(`system      ${report.system}`);
  for (const { name } of report.layers)
    expect(stdout).toMatch(new RegExp(`^(ok|MISSING|absent) +${name} `, 'm'));
  for (const { level, state } of report.levels) {
    const word = state === 'proved' ? 'proved' : state === 'unavailable' ? 'no' : 'FAILED';
    expect(stdout).toContain(`${word.padEnd(9)}level ${level}`);
  }
});

test('doctor --json is the report of doctor()', async () => {
  const report = await doctor();
  const { stdout, exitCode } = await cli.run(['doctor', '--json']);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(report)));
  expect(exitCode).toBe(report.ok ? 0 : 70);
});

test('doctor --python looks at that interpreter, and says when there is none', async () => {
  const { stdout } = await cli.run(['doctor', '--json', '--python', '/usr/bin/python3']);
  expect(JSON.parse(stdout).python.requested).toBe('/usr/bin/python3');
  const missing = await cli.run(['doctor', '--python', '/no/such']);
  expect(missing).toEqual({
    stdout: '',
    stderr:
      'pungi: The pythonExecutable cannot be used. Tried /no/such: not found.\n' +
      'hint: Set pythonExecutable to a CPython 3.9 or later, or to the directory of a virtual environment.\n',
    exitCode: 70,
  });
});
