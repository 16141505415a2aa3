import { execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeProgramPlace, type ProgramPlace } from './fault-program.js';
import { WARM_LEVELS } from './levels.js';

const LOST = 'crashed: Crashed: the supervisor of the run was lost before the run ended';
const ALL = ['ok 0', 'ok 1', 'ok 2', 'ok 3', 'ok 4', 'ok 5'];
const isRoot = process.getuid?.() === 0;
/** TMPDIR on a disk of one MiB and 200 inodes, seen by the program alone. */
const MOUNT = 'mount -t tmpfs -o size=1m,nr_inodes=200,mode=1777 none "$TMPDIR" && exec "$@"';
const TINY_DISK = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', MOUNT, 'sh'] as const;
const [unshare, ...rest] = TINY_DISK;
const canMount = execaSync(unshare, [...rest, 'true'], { reject: false }).exitCode === 0;
/** Without a name, groups or a home. */
const AS_USER = isRoot ? ['setpriv', '--reuid=1234', '--regid=1234', '--clear-groups'] : [];

const places: ProgramPlace[] = [];
beforeAll(async () => {
  places.push(await makeProgramPlace());
});
afterAll(() => {
  for (const place of places) place.remove();
});

function run(prefix: readonly string[], program: string): Promise<unknown> {
  const [place] = places;
  if (place === undefined) throw new Error('The place of the programs is made before the tests.');
  return place.run(prefix, program);
}

describe.each(WARM_LEVELS)('at level %s', (level) => {
  test('an ordinary user is out of processes: all is answered', async () => {
    const program = `
const runner = await open('${level}', 2);
const [supervisor] = childrenOf(process.pid);
const [zygote] = childrenOf(supervisor);
execFileSync('prlimit', ['--pid', String(zygote), '--nproc=1:1']);
const during = await several(runner, 6);
const after = await several(runner, 6);
const { restarts, state } = runner.info();
await runner.close();
console.log(JSON.stringify({ during, after, restarts, state }));`;
    expect(await run(AS_USER, program)).toEqual({ during: ALL, after: ALL, restarts: 1, state: 'open' });
  }, 90_000);

  test('Node has no descriptors: a pool serves on, a new one is refused, and Node lives', async () => {
    const program = `
const uncaught = [];
process.on('uncaughtException', (error) => uncaught.push(error.message));
const runner = await open('${level}', 2);
const [supervisor] = childrenOf(process.pid);
const hoard = [];
const exhaust = () => { for (;;) { try { hoard.push(fs.openSync('/dev/null')); } catch { return; } } };
const free = () => { for (const descriptor of hoard.splice(0)) fs.closeSync(descriptor); };
exhaust();
const during = await several(runner, 6);
const refused = await createRunner({ policy: policyAt('${level}') }).then(() => 'made', (error) => error.name + ' ' + error.code);
const cold = await Promise.resolve(runCode('1', {}, policyAt('${level}'))).then(how, (error) => error.name + ' ' + error.code);
process.kill(supervisor, 'SIGKILL');
await delay(200);
const [restart] = (await several(runner, 1)).map((text) => text.split(':')[0]);
free();
const after = await several(runner, 6);
const { state } = runner.info();
await runner.close();
console.log(JSON.stringify({ uncaught, during, refused, cold, restart, after, state }));`;
    expect(await run(['prlimit', '--nofile=400:400'], program)).toEqual({
      uncaught: [],
      during: ALL,
      refused: 'PungiError START_FAILED',
      cold: 'PungiError START_FAILED',
      restart: 'PungiError START_FAILED',
      after: ALL,
      state: 'open',
    });
  }, 90_000);

  test('open files suffice for few workers: more are refused with what to do, and those few are never too many', async () => {
    const program = `
const refused = await createRunner({ policy: policyAt('${level}'), warm: { size: 11 } }).then(() => 'made', (error) => error.message + ' ' + error.hint);
const runner = await open('${level}', 10);
const options = { stdin: 'x', files: { a: 'x' } };
const runs = Array.from({ length: 20 }, (_, index) => runner.run('import time; time.sleep(0.5); result = input_data', index, options));
const during = await ends(runs);
const { restarts, state } = runner.info();
await runner.close();
console.log(JSON.stringify({ refused, during, restarts, state }));`;
    expect(await run(['prlimit', '--nofile=184:184'], program)).toEqual({
      refused:
        "The layer 'descriptors' of the sandbox failed: 11 workers need 196 open files, and 184 are allowed. No user code ran. Raise the limit of open files (`ulimit -n`), or lower `warm.size`.",
      during: Array.from({ length: 20 }, (_, index) => `ok ${index}`),
      restarts: 0,
      state: 'open',
    });
  }, 90_000);

  describe.skipIf(!isRoot || !canMount)(
    `a tiny disk${isRoot && canMount ? '' : ' (skipped: no file system can be mounted here)'}`,
    () => {
      test('has no room: runs that write say so, and the pool serves on', async () => {
        const program = `
const runner = await open('${level}', 2);
try { fs.writeFileSync(process.env.TMPDIR + '/filler', Buffer.alloc(64 << 20)); } catch {}
const writing = await ends([runner.run('open("x", "w").write("y" * 100_000); result = 0')]);
const during = await several(runner, 6);
fs.rmSync(process.env.TMPDIR + '/filler');
const after = await several(runner, 6);
const { restarts, state } = runner.info();
await runner.close();
console.log(JSON.stringify({ writing, during, after, restarts, state, left: fs.readdirSync(process.env.TMPDIR) }));`;
        const full = level === 'full' ? 'ok 0' : 'error: OSError: [Errno 28] No space left on device';
        expect(await run(TINY_DISK, program)).toEqual({
          writing: [full],
          during: ALL,
          after: ALL,
          restarts: 0,
          state: 'open',
          left: [],
        });
      }, 90_000);

      test('has no inodes: no run that has started is lost, and a new pool is refused with the reason', async () => {
        const program = `
const runner = await open('${level}', 2);
const made = [];
for (;;) { try { const path = process.env.TMPDIR + '/f' + made.length; fs.writeFileSync(path, ''); made.push(path); } catch { break; } }
const during = ends([0, 1, 2, 3, 4, 5].map((index) => runner.run('import time; time.sleep(0.3); result = input_data', index)));
await delay(1500);
const refused = await createRunner({ policy: policyAt('${level}') }).then(async (other) => { await other.close(); return 'made'; }, (error) => error.name + ' ' + error.code + ': ' + error.message);
for (const path of made) fs.rmSync(path);
const settled = await during;
const after = await several(runner, 6);
const { state } = runner.info();
await runner.close();
console.log(JSON.stringify({ during: settled, refused, after, state, left: fs.readdirSync(process.env.TMPDIR) }));`;
        const answer = await run(TINY_DISK, program);
        expect(answer).toMatchObject({ after: ALL, state: 'open', left: [] });
        expect(answer).toMatchObject({ during: expect.not.arrayContaining([LOST]) });
        expect(answer).toMatchObject({
          refused:
            level === 'full' ? 'made' : expect.stringMatching(/^PungiError \w+: .*no space left on device/i),
        });
        expect(JSON.stringify(answer)).not.toContain('birth>');
      }, 90_000);
    },
  );
});
