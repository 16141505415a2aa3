import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, describe, expect, test } from 'vitest';
import { levelsHere } from '../conformance/levels.js';
import { copyLibrary } from './library-copy.js';

/*
 * The proofs, held to their word: a harness that leaves out a layer, as a kernel or a fault might, must not run a line
 * of user code. Without the proofs the same harness runs it, so that it is they who notice.
 */
const copy = copyLibrary(`
import { PungiError, presets, runCode } from './dist/index.js';
const policy = { ...presets.agent, isolation: { exactly: 'full' } };
try {
  const run = await runCode('result = 7', {}, policy, { oneshot: true });
  console.log(JSON.stringify({ ran: run.result }));
} catch (error) {
  if (!(error instanceof PungiError)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
`);
const WORKER = 'python-harness/pungi_harness/worker.py';
const LAYERS = [
  {
    layer: 'Landlock',
    find: '        if orders["landlock"]:\n            landlock',
    replace: '        if False:\n            landlock',
    says: /^The layer 'file' of the sandbox failed: the proof 'file' was not refused: the layer does not hold\./,
  },
  {
    layer: 'seccomp',
    find: '        if orders["seccomp"]:\n',
    replace: '        if False:\n',
    says: /^The layer 'socket' of the sandbox failed: the proof 'socket' was not refused: the layer does not hold\./,
  },
  {
    layer: 'the drop of capabilities',
    find: '        privileges.drop_capabilities()',
    replace: '        pass',
    says: /^The layer 'capabilities' of the sandbox failed: capabilities are left in the worker\./,
  },
  {
    layer: 'no_new_privs',
    find: '        privileges.forbid_new_privileges()',
    replace: '        pass',
    // Without it the kernel refuses both of them to whoever has no capabilities.
    says: /^The layer '(new-privileges|landlock|seccomp)' of the sandbox failed: /,
  },
];
const PROOFS = {
  find: 'proofs.check(orders["proofs"], orders, place)',
  replace: 'proofs.check([], orders, place)',
};

const path = join(copy.directory, WORKER);
const original = readFileSync(join(import.meta.dirname, '../..', WORKER), 'utf8');
afterEach(() => writeFileSync(path, original));

const [full] = await levelsHere();
const skip = full?.skip ?? null;

// Only there every layer can be missed: at level kernel root loses its capabilities with its id, and others have none.
describe.skipIf(skip !== null)(`at level full${skip === null ? '' : ` (skipped: ${skip})`}`, () => {
  test('with all layers it runs', async () => {
    expect(await runWith([])).toEqual({ ran: 7 });
  });

  test.each(LAYERS)('without $layer it does not', async ({ find, replace, says }) => {
    const refused = { code: 'SANDBOX_FAILED', message: expect.stringMatching(says) };
    expect(await runWith([{ find, replace }])).toEqual(refused);
  });

  test('without a layer and its proof it would', async () => {
    const [landlock] = LAYERS;
    expect(await runWith(landlock === undefined ? [] : [landlock, PROOFS])).toEqual({ ran: 7 });
  });

  async function runWith(changes: readonly { find: string; replace: string }[]): Promise<unknown> {
    const changed = changes.reduce((text, { find, replace }) => text.replace(find, () => replace), original);
    expect(changed === original).toBe(changes.length === 0);
    writeFileSync(path, changed);
    const { stdout } = await execa(process.execPath, [copy.program], {
      env: { TMPDIR: join(copy.directory, 'tmp') },
    });
    return JSON.parse(stdout);
  }
});
