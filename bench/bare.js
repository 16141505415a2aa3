import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const HERE = import.meta.dirname;

/** A process from start to end, for what the caller would do without pungi; gives what it printed. */
export function spawnToEnd(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        said[name] += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(said.stdout);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${said.stderr}`));
    });
  });
}

/** How many children a second, on all cores at once. */
export function forkRate(python, variant, count) {
  const args = ['-I', '-S', join(HERE, 'fork_rate.py'), variant, String(count)];
  return Number(execFileSync(python, args, { stdio: ['ignore', 'pipe', 'pipe'] }).toString());
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

/** Milliseconds of round trips from one Python by way of another to Node and back. */
export async function pingTwoHops(python, count) {
  const child = spawn(python, ['-I', '-S', join(HERE, 'two_hops.py'), String(count)], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const channel = child.stdio[3];
  channel.on('data', (data) => channel.write(data));
  // Its end is the end of the work.
  channel.on('error', () => undefined);
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  await once(child, 'close');
  return Buffer.concat(said).toString().trim().split('\n').map(Number);
}
