import { describe, expect, test } from 'vitest';
import { checkProgram, type Program, testPrograms } from './program.js';
import { SUBPROCESS_PROGRAMS } from './programs/child-limits.js';
import * as limits from './programs/limits.js';
import * as resources from './programs/resource-limits.js';
import { sciencePython } from './science-python.js';
import type { Subject } from './subject.js';

/** From the deadline to the answer: killing, collecting and a busy machine. */
const LATE_MS = 3000;

/** Every limit of DESIGN section 8, broken in the ways listed there, at the levels that hold them. */
export function testLimits(subject: Subject): void {
  const python = sciencePython();
  const groups: Readonly<Record<string, readonly Program[]>> = {
    cpu: limits.CPU_PROGRAMS,
    memory: resources.MEMORY_PROGRAMS,
    threads: resources.THREAD_PROGRAMS,
    disk: resources.DISK_PROGRAMS,
    output: resources.OUTPUT_PROGRAMS,
  };
  describe('deadline', () => {
    const trees = subject.level === 'full' ? limits.PROCESS_TREE_PROGRAMS : limits.REFUSED_PROCESS_PROGRAMS;
    test.each([...limits.DEADLINE_PROGRAMS, ...trees])('$name', async (program) => {
      const { usage, status } = await checkProgram(program, subject);
      const timeoutMs = (program.policy?.timeoutSeconds ?? 0.4) * 1000;
      expect(usage.wallMs).toBeLessThan(Math.min(timeoutMs, 5000) + LATE_MS);
      if (status === 'timeout') expect(usage.wallMs).toBeGreaterThanOrEqual(400);
    });
  });
  describe.runIf(subject.level === 'kernel')('with allowSubprocess', () => {
    testPrograms(SUBPROCESS_PROGRAMS, subject);
  });
  for (const [group, programs] of Object.entries(groups)) {
    describe(group, () => testPrograms(programs, subject));
  }
  describe.skipIf(python.skip !== null)(`memory of numpy (${python.skip ?? 'here'})`, () => {
    testPrograms(resources.NUMPY_MEMORY_PROGRAMS, subject);
  });

  test('200 MB to stderr from C end the run, and the memory of Node stays flat', async () => {
    const code = [
      'import ctypes',
      'write = ctypes.CDLL(None).write',
      'data = b"z" * (1 << 20)',
      'for _ in range(200):',
      '    write(2, data, len(data))',
    ].join('\n');
    const before = process.memoryUsage().rss;
    const peak = { rss: before };
    const timer = setInterval(() => {
      peak.rss = Math.max(peak.rss, process.memoryUsage().rss);
    }, 5);
    const { status, truncated, usage } = await subject.run(code, {}, { timeoutSeconds: 20 });
    clearInterval(timer);
    expect(status).toBe('output_limit');
    // The flood is known by the piece that goes past it.
    expect(truncated.stderr?.totalBytes).toBeGreaterThan(10 * 128 * 1024);
    expect(truncated.stderr?.totalBytes).toBeLessThanOrEqual(10 * 128 * 1024 + 64 * 1024);
    expect(truncated.stderr?.totalBytes).toBe(usage.outputBytes);
    expect(peak.rss - before).toBeLessThan(32 << 20);
  });
}
