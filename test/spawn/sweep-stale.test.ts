import { execFileSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownerPrefix } from '../../src/spawn/owner.js';
import { sweepCgroups, sweepDirectories } from '../../src/spawn/sweep-stale.js';

const OWN = ownerPrefix();
/** The same start and space, but a number that no process has. */
const DEAD = OWN.replace(/^pungi-\d+-/, 'pungi-999999999-');

describe('directories', () => {
  let base = '';
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'sweep-'));
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  test('of the dead go with all that is in them, others stay', async () => {
    mkdirSync(join(base, `${DEAD}-abcdef/w1/work`), { recursive: true });
    writeFileSync(join(base, `${DEAD}-abcdef/w1/work/file`), 'x');
    symlinkSync('/etc', join(base, `${DEAD}-abcdef/link`));
    mkdirSync(join(base, `${DEAD}-ghijkl`));
    for (const kept of [`${OWN}-abcdef`, 'pungi-999999999-abcdef', 'pungi-suite-abcdef', 'another']) {
      mkdirSync(join(base, kept));
    }
    await sweepDirectories(base);
    expect(readdirSync(base).sort()).toEqual(
      [`${OWN}-abcdef`, 'another', 'pungi-999999999-abcdef', 'pungi-suite-abcdef'].sort(),
    );
    expect(existsSync('/etc/passwd')).toBe(true);
  });

  test('that are none are left alone', async () => {
    mkdirSync(join(base, 'target'));
    writeFileSync(join(base, 'target/file'), 'x');
    symlinkSync(join(base, 'target'), join(base, `${DEAD}-abcdef`));
    writeFileSync(join(base, `${DEAD}-ghijkl`), 'x');
    await sweepDirectories(base);
    expect(readdirSync(base).sort()).toEqual([`${DEAD}-abcdef`, `${DEAD}-ghijkl`, 'target'].sort());
    expect(existsSync(join(base, 'target/file'))).toBe(true);
  });

  test.skipIf(process.getuid?.() !== 0)('of other users are left alone (needs root)', async () => {
    mkdirSync(join(base, `${DEAD}-abcdef`));
    chownSync(join(base, `${DEAD}-abcdef`), 1234, 1234);
    await sweepDirectories(base);
    expect(readdirSync(base)).toEqual([`${DEAD}-abcdef`]);
  });

  test('deeper than a path can say go too', async () => {
    const path = join(base, `${DEAD}-abcdef`);
    mkdirSync(path);
    const script = "import os\nfor _ in range(3000):\n    os.mkdir('d')\n    os.chdir('d')";
    execFileSync('/usr/bin/python3', ['-I', '-S', '-c', script], { cwd: path });
    await sweepDirectories(base);
    expect(readdirSync(base)).toEqual([]);
  });

  test('a base that is not there has none', async () => {
    await expect(sweepDirectories(join(base, 'absent'))).resolves.toBeUndefined();
  });
});

const cgroups = writableBase();
const reason = cgroups === null ? ' (skipped: no control group is writable here)' : '';

describe.skipIf(cgroups === null)(`control groups${reason}`, () => {
  const base = cgroups ?? '';
  const mine = join(base, `${OWN}-00000000`);
  const stale = join(base, `${DEAD}-${process.pid}`);

  afterEach(() => {
    for (const path of [mine, stale].filter(existsSync)) rmdirSync(path);
  });

  test('of the dead go, ours stay', async () => {
    mkdirSync(mine);
    mkdirSync(stale);
    await sweepCgroups(base);
    expect([existsSync(mine), existsSync(stale)]).toEqual([true, false]);
  });

  test('that still have processes lose them first', async () => {
    mkdirSync(stale);
    const child = execa('sleep', ['30'], { reject: false });
    writeFileSync(join(stale, 'cgroup.procs'), String(child.pid));
    await sweepCgroups(base);
    expect((await child).signal).toBe('SIGKILL');
    expect(existsSync(stale)).toBe(false);
  });
});

function writableBase(): string | null {
  const found = ['/sys/fs/cgroup/pids', '/sys/fs/cgroup'].find((base) => {
    const probe = join(base, `pungi-sweep-${process.pid}`);
    try {
      mkdirSync(probe);
    } catch {
      return false;
    }
    const isGroup = existsSync(join(probe, 'cgroup.procs'));
    rmdirSync(probe);
    return isGroup;
  });
  return found ?? null;
}
