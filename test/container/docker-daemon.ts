import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;

export interface CommandResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface DockerDaemon extends AsyncDisposable {
  docker(...args: readonly string[]): Promise<CommandResult>;
}

/**
 * A private Docker daemon: its own data, socket and pid file in a temporary directory, no bridge, no firewall
 * rules, so that it neither needs nor disturbs one that the machine already runs.
 */
export async function startDockerDaemon(): Promise<DockerDaemon> {
  const home = mkdtempSync(join(tmpdir(), 'pungi-docker-'));
  const socket = join(home, 's');
  const daemon = execa('dockerd', daemonArguments(home, socket), {
    reject: false,
    all: true,
    maxBuffer: 1_000_000,
    forceKillAfterDelay: STOP_WITHIN_MS,
    cleanup: true,
  });

  async function docker(...args: readonly string[]): Promise<CommandResult> {
    const { exitCode, stdout, stderr } = await execa('docker', ['--host', `unix://${socket}`, ...args], {
      reject: false,
      env: { DOCKER_CONFIG: join(home, 'config') },
    });
    return { exitCode, stdout, stderr };
  }

  async function stop(): Promise<void> {
    daemon.kill('SIGTERM');
    await daemon;
    await unmountBeneath(home);
    rmSync(home, { recursive: true, force: true });
  }

  const ended = daemon.then((result) => result.all);
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(existsSync(socket) && (await docker('version')).exitCode === 0)) {
    const early = await Promise.race([ended, delay(100, undefined)]);
    if (early !== undefined || performance.now() > deadline) {
      await stop();
      throw new Error(`dockerd did not become ready:\n${(await ended) ?? ''}`);
    }
  }
  return { docker, [Symbol.asyncDispose]: stop };
}

function daemonArguments(home: string, socket: string): string[] {
  return [
    '--bridge=none',
    '--iptables=false',
    '--ip6tables=false',
    '--ip-forward=false',
    `--data-root=${join(home, 'data')}`,
    `--exec-root=${join(home, 'exec')}`,
    `--pidfile=${join(home, 'pid')}`,
    `--host=unix://${socket}`,
    '--log-level=warn',
  ];
}

/** A killed daemon leaves its layers' mounts; the directory cannot go while they are there. */
async function unmountBeneath(home: string): Promise<void> {
  const netns = join(home, 'exec', 'netns');
  const mounts = existsSync(netns) ? readdirSync(netns).map((name) => join(netns, name)) : [];
  for (const mount of [...mounts, netns, join(home, 'data')]) {
    await execa('umount', ['--lazy', '--quiet', mount], { reject: false });
  }
}
