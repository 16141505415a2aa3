import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostFacts } from '../../src/host/default-host.js';
import { ORDINARY_PROGRAMS } from './programs/ordinary.js';
import type { Subject } from './subject.js';

export function testEquality({ run }: Subject): void {
  test.each(Object.entries(ORDINARY_PROGRAMS))('%s prints what bare Python prints', async (_, code) => {
    const { python } = await hostFacts('find');
    const directory = mkdtempSync(join(tmpdir(), 'bare-'));
    try {
      const environment = { LANG: 'C.UTF-8', HOME: directory };
      const bare = execFileSync(python.executable, ['-I', '-X', 'utf8', '-c', code], {
        cwd: directory,
        env: environment,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const { stdout, error } = await run(code);
      expect(stdout, String(error)).toBe(bare.toString('utf8'));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
}
