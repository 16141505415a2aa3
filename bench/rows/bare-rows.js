import { forkRate, openPing, pingTwoHops, spawnToEnd } from '../bare.js';
import { openDocker } from '../docker.js';
import { sampleEach } from '../statistics.js';
import { BARE_CODE, PANDAS_CODE } from './programs.js';

const BUBBLEWRAP = [
  '--unshare-all',
  '--die-with-parent',
  ...['--ro-bind', '/', '/'],
  ...['--dev', '/dev'],
  ...['--proc', '/proc'],
  ...['--tmpfs', '/tmp'],
];

async function expectTwo(work) {
  const said = (await work).trim();
  if (said !== '2') throw new Error(`it printed ${said}`);
}

async function ping({ python, n }, count, pauseMs) {
  const { ping: once, close } = await openPing(python);
  const samples = await sampleEach(n(count), once, { pauseMs });
  await close();
  return { unit: 'ms', samples };
}

/** What stands beside pungi: the floors of the machine, and what one would use instead. */
export const BARE_ROWS = {
  'python3 -I -S -c pass': async ({ python, n }) => ({
    unit: 'ms',
    samples: await sampleEach(n(120), () => spawnToEnd(python, ['-I', '-S', '-c', 'pass'])),
  }),
  'python3 -c, the same work': async ({ python, n }) => ({
    unit: 'ms',
    samples: await sampleEach(n(80), () => expectTwo(spawnToEnd(python, ['-c', BARE_CODE]))),
  }),
  'bubblewrap, the same work': async ({ python, machine, n }) => {
    if (machine.bubblewrap === null) return { absent: 'bwrap is not installed' };
    const args = [...BUBBLEWRAP, python, '-c', BARE_CODE];
    try {
      return {
        unit: 'ms',
        samples: await sampleEach(n(60), () => expectTwo(spawnToEnd('bwrap', args))),
      };
    } catch (error) {
      return { absent: `bwrap cannot start here: ${error.message.split('\n')[0]}` };
    }
  },
  'docker run, the same work': async ({ flags, n, round }) => {
    if (!flags.docker) return { absent: 'needs a daemon; asked for by --docker' };
    // To start one and give it an image takes longer than all else here.
    if (round > 0) return { unit: 'ms', samples: [] };
    const docker = await openDocker();
    if ('absent' in docker) return docker;
    try {
      return { unit: 'ms', samples: await sampleEach(n(80), () => expectTwo(docker.run(BARE_CODE))) };
    } finally {
      await docker.close();
    }
  },
  'socket ping, spaced 5 ms': (context) => ping(context, 400, 5),
  'socket ping, back to back': (context) => ping(context, 2000, 0),
  'socket ping, two hops': async ({ python, n }) => ({
    unit: 'ms',
    samples: await pingTwoHops(python, n(8000)),
  }),
  'fork+exit, bare': ({ python, n }) => ({ unit: '/s', samples: [forkRate(python, 'bare', n(4000))] }),
  'fork+exit, same namespaces': ({ python, n }) => {
    try {
      return { unit: '/s', samples: [forkRate(python, 'namespaces', n(2000))] };
    } catch (error) {
      return { absent: `no user namespaces here: ${String(error.stderr).trim().split('\n').at(-1)}` };
    }
  },
  'python3 -c, pandas': async ({ science, n }) =>
    science === null
      ? { absent: 'no interpreter with pandas' }
      : { unit: 'ms', samples: await sampleEach(n(12), () => spawnToEnd(science, ['-c', PANDAS_CODE])) },
};
