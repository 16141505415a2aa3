import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Things of the host that attacks try to reach, all made by the suite. */
export interface Bait extends AsyncDisposable {
  /** Told to the attacks; paths and ports only. */
  readonly environment: Readonly<Record<string, string>>;
  readonly secretFile: string;
}

const LISTEN = `
import socket, sys, threading
path, name = sys.argv[1:3]
def tcp(family, address):
    s = socket.socket(family, socket.SOCK_STREAM); s.bind(address); s.listen(64); return s
four = tcp(socket.AF_INET, ('127.0.0.1', 0))
# Where there is no IPv6, as in many containers, nobody listens: bare, the attack on it fails then, and says so.
try: six = tcp(socket.AF_INET6, ('::1', 0))
except OSError: six = four
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); udp.bind(('127.0.0.1', 0))
held = [tcp(socket.AF_UNIX, path), tcp(socket.AF_UNIX, chr(0) + name)]
print(four.getsockname()[1], six.getsockname()[1], udp.getsockname()[1], flush=True)
sys.stdin.read()
`;

/** Secret files and listeners on loopback, and a living process to aim at. */
export async function layBait(): Promise<Bait> {
  const directory = await mkdtemp(join(tmpdir(), 'bait-'));
  const secretFile = join(directory, 'secret.txt');
  await writeFile(secretFile, 'the secret of the host\n', { mode: 0o644 });
  await mkdir(join(directory, 'other-run'), { mode: 0o777 });
  const abstractName = `pungi-bait-${process.pid}`;
  const unixPath = join(directory, 'unix.sock');
  const child = execa('/usr/bin/python3', ['-I', '-S', '-c', LISTEN, unixPath, abstractName], {
    stdin: 'pipe',
    buffer: false,
    reject: false,
  });
  const ports = await firstLine(child.stdout);
  const [tcp = '', tcp6 = '', udp = ''] = ports.split(' ');
  return {
    secretFile,
    environment: {
      BAIT_FILE: secretFile,
      BAIT_DIRECTORY: directory,
      BAIT_TCP: tcp,
      BAIT_TCP6: tcp6,
      BAIT_UDP: udp,
      BAIT_UNIX: unixPath,
      BAIT_ABSTRACT: abstractName,
      BAIT_PID: String(child.pid),
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await child;
      await rm(directory, { recursive: true });
    },
  };
}

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    stream.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8').trim()));
    stream.once('end', () => reject(new Error('the listeners did not start')));
  });
}
