import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunnerPolicy } from '../../src/index.js';
import { POLICY_KEYS } from '../../src/policy/schema.js';
import { checkProgram } from './program.js';
import { CONNECT, type FieldProof, fieldProofs, fieldProofsFromC } from './programs/policy-fields.js';
import type { Subject } from './subject.js';
import { type Row, testRows } from './test-rows.js';

/** Proved in other ways: by a throw, and by the levels that the whole suite runs at. */
const ELSEWHERE = ['maxCodeBytes', 'isolation', 'pythonExecutable'];

export function testPolicy(subject: Subject): void {
  const directory = join(tmpdir(), `policy-${subject.level}`);
  const proofs = fieldProofs(directory);
  const network: { server: Server | null; port: number } = { server: null, port: 0 };

  beforeAll(async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'secret.txt'), 'secret');
    writeFileSync(join(directory, 'target'), 'before');
    // As root the worker is nobody: a path that the policy opens still has to be that user's to write.
    chmodSync(directory, 0o777);
    chmodSync(join(directory, 'target'), 0o666);
    const server = createServer((socket) => socket.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    network.server = server;
    network.port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => {
    network.server?.close();
    rmSync(directory, { recursive: true });
  });

  // Level `process` has no kernel layer that could hold these, and promises none.
  const jailed = test.skipIf(subject.level === 'process');

  test('every field of the policy is proved', () => {
    expect([...proofs.map(({ field }) => String(field)), ...ELSEWHERE].sort()).toEqual(
      [...POLICY_KEYS].sort(),
    );
  });

  const held = subject.level === 'process' ? proofs.filter(({ field }) => isHeldByProcess(field)) : proofs;
  testRows(
    held.map((proof) => rowOf(proof, subject)),
    subject,
  );

  testRows(
    fieldProofsFromC(directory).map((proof) => rowOf(proof, subject, ' holds for C code (needs a jail)')),
    subject,
    jailed,
  );

  test('maxCodeBytes', async () => {
    await expect(subject.run('x = 1234', {}, { maxCodeBytes: 4 }).then(String)).rejects.toMatchObject({
      message: "The code has 8 bytes in UTF-8; allowed: at most 4, the policy's maxCodeBytes.",
    });
    expect((await subject.run('x = 1234', {}, { maxCodeBytes: 8 })).status).toBe('ok');
  });

  jailed('allowNetwork decides whether a server of the host is reached (needs a jail)', async () => {
    const shut = await subject.run(CONNECT, { port: network.port });
    const open = await subject.run(CONNECT, { port: network.port }, { allowNetwork: true });
    expect([shut.status, open.result]).toEqual(['blocked', 'hello']);
  });

  jailed('what may only be read is not written (needs a jail)', async () => {
    const target = join(directory, 'target');
    writeFileSync(target, 'before');
    const code = `open(${JSON.stringify(target)}, "w")`;
    const { status } = await subject.run(code, {}, { readablePaths: [directory] });
    expect([status, readFileSync(target, 'utf8')]).toEqual(['blocked', 'before']);
  });

  test('the default policy blocks os before anything runs', async () => {
    const result = await subject.run('print(1)\nimport os', {}, { blockedImports: undefined });
    expect({
      status: result.status,
      stdout: result.stdout,
      error: String(result.error),
      line: result.error?.line,
    }).toEqual({
      status: 'blocked',
      stdout: '',
      error:
        "ImportBlockedError: Import 'os' is blocked by policy (line 2). Use pathlib for paths, or remove 'os' from blockedImports.",
      line: 2,
    });
    expect(result.denials).toHaveLength(1);
  });
}

function rowOf(
  { field, code, input, narrow, refused, wide, allowed }: FieldProof,
  subject: Subject,
  what = '',
): Row {
  return {
    title: `${field}${what}`,
    policy: wide,
    async check() {
      await checkProgram({ name: 'narrow', code, input, policy: narrow, expected: refused }, subject);
      await checkProgram({ name: 'wide', code, input, policy: wide, expected: allowed }, subject);
    },
  };
}

/** Without a jail nothing of the kernel holds these. */
function isHeldByProcess(field: keyof RunnerPolicy): boolean {
  return ![
    'maxProcesses',
    'diskLimitMb',
    'allowNetwork',
    'allowSubprocess',
    'writablePaths',
    'readablePaths',
  ].includes(field);
}
