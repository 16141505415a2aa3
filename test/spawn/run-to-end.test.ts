import { expect, test, vi } from 'vitest';
import { runToEnd } from '../../src/spawn/run-to-end.js';

const limits = { env: {}, timeoutMs: 5000, maxBytes: 1000 };

test.each([
  [
    'output and exit code',
    'echo out; echo err >&2; exit 3',
    { exitCode: 3, signal: null, stdout: 'out', stderr: 'err' },
  ],
  ['a signal', 'kill -TERM $$', { exitCode: null, signal: 'SIGTERM', stdout: '', stderr: '' }],
  ['no input', 'cat; echo done', { exitCode: 0, signal: null, stdout: 'done', stderr: '' }],
])('%s', async (_name, script, expected) => {
  expect(await runToEnd('/bin/sh', ['-c', script], limits)).toEqual({
    ...expected,
    timedOut: false,
    tooMuch: false,
    spawnError: null,
  });
});

test('the environment is only what was given', async () => {
  const ended = await runToEnd('/usr/bin/env', [], { ...limits, env: { ONLY: 'this' } });
  expect(ended.stdout).toBe('ONLY=this');
});

test('a grandchild that holds the pipes ends with the deadline', async () => {
  const before = Date.now();
  const ended = await runToEnd('/bin/sh', ['-c', 'echo $$; sleep 61 & sleep 62'], {
    ...limits,
    timeoutMs: 200,
  });
  expect(ended).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true, spawnError: null });
  expect(Date.now() - before).toBeLessThan(15_000);
  // Whoever inherits the dead grandchild reaps it in its own time.
  await vi.waitFor(() => expect(() => process.kill(-Number(ended.stdout), 0)).toThrow('kill ESRCH'), 5000);
});

test('a flood ends at the cap', async () => {
  const ended = await runToEnd('/bin/sh', ['-c', 'exec yes'], limits);
  expect(ended.stdout).toBe('y\n'.repeat(500).trimEnd());
  expect(ended.exitCode).not.toBe(0);
  expect([ended.timedOut, ended.tooMuch]).toEqual([false, true]);
});

test.each([
  ['a file that is not there', '/nonexistent/python', 'ENOENT'],
  ['a directory', '/tmp', 'EACCES'],
])('%s never starts', async (_name, file, code) => {
  const ended = await runToEnd(file, [], limits);
  expect(ended).toMatchObject({
    exitCode: null,
    signal: null,
    stdout: '',
    timedOut: false,
    spawnError: { code },
  });
});

test('no listener stays behind', async () => {
  const before = process.listenerCount('exit');
  await runToEnd('/bin/true', [], limits);
  expect(process.listenerCount('exit')).toBe(before);
});

test.each([
  ['before', () => AbortSignal.abort()],
  ['while', () => AbortSignal.timeout(50)],
])('a signal that is aborted %s it runs ends it', async (_when, make) => {
  const options = { env: {}, timeoutMs: 30_000, maxBytes: 1000, signal: make() };
  expect(await runToEnd('/bin/sleep', ['30'], options)).toMatchObject({ signal: 'SIGKILL', timedOut: false });
});
