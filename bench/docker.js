import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnToEnd } from './bare.js';

const IMAGE = 'pungi-bench';
const READY_WITHIN_MS = 60_000;

/** A private daemon with an image of Debian and its Python; or why there is none. */
export async function openDocker() {
  if (process.getuid?.() !== 0) return { absent: 'a private dockerd needs root' };
  for (const command of ['dockerd', 'docker', 'debootstrap'])
    if (!isInstalled(command)) return { absent: `${command} is not installed` };
  const archive = execFileSync(join(import.meta.dirname, '../scripts/container-image.sh'), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const home = mkdtempSync(join(tmpdir(), 'pungi-bench-docker-'));
  const daemon = startDaemon(home);
  const docker = (...args) => spawnToEnd('docker', ['--host', `unix://${join(home, 's')}`, ...args]);
  const close = async () => {
    if (daemon.exitCode === null) {
      const ended = new Promise((resolve) => daemon.once('exit', resolve));
      daemon.kill('SIGTERM');
      await ended;
    }
    // A daemon that is stopped leaves this mount behind.
    await spawnToEnd('umount', ['--lazy', '--quiet', join(home, 'exec/netns/default')]).catch(
      () => undefined,
    );
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await becomeReady(daemon, docker, home);
    await docker('import', archive.toString().trim(), IMAGE);
  } catch (error) {
    await close();
    return { absent: `dockerd cannot serve here: ${error.message.split('\n')[0]}` };
  }
  const run = (code) => docker('run', '--rm', '--network', 'none', IMAGE, 'python3', '-c', code);
  return { run, close };
}

function startDaemon(home) {
  const args = [
    '--bridge=none',
    '--iptables=false',
    '--ip6tables=false',
    '--ip-forward=false',
    `--data-root=${join(home, 'data')}`,
    `--exec-root=${join(home, 'exec')}`,
    `--pidfile=${join(home, 'pid')}`,
    `--host=unix://${join(home, 's')}`,
    '--log-level=fatal',
  ];
  return spawn('dockerd', args, { stdio: 'ignore' });
}

async function becomeReady(daemon, docker, home) {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!existsSync(join(home, 's')) || !(await answers(docker))) {
    if (daemon.exitCode !== null) throw new Error(`it ended with ${daemon.exitCode}`);
    if (performance.now() > deadline) throw new Error('it did not become ready');
    await delay(100);
  }
}

function answers(docker) {
  return docker('version').then(
    () => true,
    () => false,
  );
}

function isInstalled(command) {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
