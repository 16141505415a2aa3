import { expect } from 'vitest';
import type { RunnerPolicy } from '../../src/index.js';
import type { Subject } from './subject.js';
import { testRows } from './test-rows.js';

const BUSY_MS = 100;
const SPENT_MB = 120;

/** The child leaves a byte in the pipe when it has done its share; then it ends, or lives on. */
const PRELUDE = `
import os, threading, time
r, w = os.pipe()
def busy():
    while time.process_time() < ${BUSY_MS / 1000}: pass
def large():
    return b'x' * (${SPENT_MB} << 20)
def child(share, lives):
    pid = os.fork()
    if pid == 0:
        kept = share()
        os.write(w, b'x')
        if lives: time.sleep(60)
        os._exit(0)
    os.read(r, 1)
    if not lives: os.waitpid(pid, 0)
`;

const CHILDREN = [
  { name: 'a busy child that was waited for', code: 'child(busy, False)', cpuMs: BUSY_MS, peakMb: 0 },
  { name: 'a busy child that lives on', code: 'child(busy, True)', cpuMs: BUSY_MS, peakMb: 0 },
  {
    name: 'a busy child of a thread',
    code: 't = threading.Thread(target=child, args=(busy, True))\nt.start()\nt.join()',
    cpuMs: BUSY_MS,
    peakMb: 0,
  },
  {
    name: 'a busy child of a thread that goes on',
    code: 'done = threading.Event()\ndef work():\n    child(busy, True)\n    done.set()\n    time.sleep(60)\nthreading.Thread(target=work, daemon=True).start()\ndone.wait()',
    cpuMs: BUSY_MS,
    peakMb: 0,
  },
  {
    name: 'a busy orphan',
    code: 'if os.fork() == 0:\n    if os.fork() == 0:\n        busy()\n        os.write(w, b"x")\n        time.sleep(60)\n    os._exit(0)\nos.wait()\nos.read(r, 1)',
    cpuMs: BUSY_MS,
    peakMb: 0,
  },
  { name: 'a large child that was waited for', code: 'child(large, False)', cpuMs: 0, peakMb: SPENT_MB },
  { name: 'a large child that lives on', code: 'child(large, True)', cpuMs: 0, peakMb: SPENT_MB },
];

/** What children used is used by the run, however they end. */
export function testUsage(subject: Subject): void {
  const policy: RunnerPolicy = { allowSubprocess: subject.level === 'kernel', memoryLimitMb: 400 };
  testRows(
    CHILDREN.map(({ name, code, cpuMs, peakMb }) => ({
      title: name,
      policy,
      async check() {
        const { status, usage } = await subject.run(`${PRELUDE}${code}`, {}, policy);
        expect(status).toBe('ok');
        // The kernel counts what children used by ticks of ten milliseconds.
        expect(usage.cpuMs).toBeGreaterThan(cpuMs - 20);
        expect(usage.peakMemoryMb).toBeGreaterThan(peakMb);
      },
    })),
    subject,
  );
}
