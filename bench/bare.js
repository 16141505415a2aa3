import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const HERE = import.meta.dirname;

/** A plain interpreter, started for each piece of code: what the caller would do without pungi. */
export function spawnPython(python, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.resume();
    child.stderr.resume();
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${python} ${args.join(' ')} ended with ${code}`)),
    );
  });
}

export function forkRate(python, count) {
  return Number(execFileSync(python, ['-I', '-S', join(HERE, 'fork_rate.py'), String(count)]).toString());
}

/** A pair of functions: one round trip over a Unix socket, and the end of the other side. */
export async function openPing(python) {
  const child = spawn(python, ['-I', '-S', join(HERE, 'socket_ping.py')], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  const channel = child.stdio[3];
  const ping = async () => {
    channel.write('x');
    await once(channel, 'data');
  };
  await ping();
  return {
    ping,
    close: async () => {
      channel.end();
      await once(child, 'exit');
    },
  };
}
