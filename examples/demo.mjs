// A program nobody here wrote, run in the jail, and what a hostile one gets: `npm run demo`.
import { PungiError, runCode } from '../dist/index.js';

const PROGRAM = `
import csv
import statistics
from collections import defaultdict

by_station = defaultdict(list)
with open('readings.csv') as file:
    for row in csv.DictReader(file):
        by_station[row['station']].append(float(row['celsius']))

print(f"{'station':<10}{'mean':>7}{'spread':>8}   readings")
for station, values in sorted(by_station.items()):
    bar = '#' * round(statistics.mean(values))
    print(f'{station:<10}{statistics.mean(values):>7.2f}{statistics.pstdev(values):>8.2f}   {bar}')

limit = input_data['warn_above']
warm = {station: max(values) for station, values in by_station.items() if max(values) > limit}
with open('report.md', 'w') as report:
    report.write(f'# Above {limit} degrees\\n')
    report.writelines(f'- {station}: {peak}\\n' for station, peak in warm.items())

result = {'stations': len(by_station), 'above_limit': warm}
`;

const READINGS = ['station,celsius']
  .concat(
    ['harbour', 'hill', 'meadow'].flatMap((station, at) =>
      Array.from(
        { length: 40 },
        (_, hour) => `${station},${(12 + 4 * at + 5 * Math.sin(hour / 6)).toFixed(2)}`,
      ),
    ),
  )
  .join('\n');

// The import list is off for all but the last row: what refuses is the kernel, not a filter of words.
const ATTACKS = [
  ['read the password file', 'open("/etc/passwd").read()'],
  ['list the root directory', 'import os\nos.listdir("/")'],
  ['read the host environment', 'import os\nresult = os.environ["PATH"]'],
  ['call home', 'import socket\nsocket.create_connection(("1.1.1.1", 443), timeout=1)'],
  ['start a shell', 'import subprocess\nsubprocess.run(["/bin/sh", "-c", "id"])'],
  ['signal its parent', 'import os\nos.kill(os.getppid() or -1, 9)'],
  [
    'mount a file system',
    'import ctypes, os\nif ctypes.CDLL(None, use_errno=True).mount(b"t", b"/", b"tmpfs", 0, None):\n    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))',
  ],
  ['loop for ever', 'while True: pass'],
  ['take all memory', 'x = bytearray(8_000_000_000)'],
  ['fill the disk', 'with open("big", "wb") as f:\n    while True: f.write(bytes(1_000_000))'],
  ['end itself by a bad pointer', 'import ctypes\nctypes.string_at(1)'],
  ['import a blocked module', 'import os', {}],
];

const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
const title = (text) => console.log(`\n${paint(1, text)}\n`);
const field = (name, value) => console.log(`${paint(2, name.padEnd(12))}${value}`);

async function showProgram() {
  title('A program, with a file in, a file out, and live output');
  const run = await runCode(
    PROGRAM,
    { warn_above: 22 },
    {},
    {
      files: { 'readings.csv': READINGS },
      onStdout: (text) => process.stdout.write(text),
      onStderr: (text) => process.stderr.write(text),
    },
  );
  title('What came back');
  field('status', run.status);
  field('result', JSON.stringify(run.result));
  for (const [name, file] of run.files) {
    field('file', `${name}, ${file.sizeBytes} bytes`);
    console.log(
      Buffer.from(file.bytes ?? [])
        .toString()
        .trimEnd()
        .replaceAll(/^/gm, ' '.repeat(12)),
    );
  }
  const { wallMs, waitMs, cpuMs, peakMemoryMb } = run.usage;
  field(
    'usage',
    `${wallMs.toFixed(1)} ms in Python, ${cpuMs.toFixed(1)} ms CPU, ${peakMemoryMb.toFixed(1)} MB at most`,
  );
  field('start', `${waitMs.toFixed(0)} ms, of which the first run looks at the machine once`);
  showIsolation(run.isolation);
  return run.ok;
}

function showIsolation({ level, layers }) {
  title(`The isolation that held: level ${level}`);
  field('namespaces', layers.namespaces.join(', ') || 'none');
  field('landlock', layers.landlock === 0 ? 'off' : `ABI ${layers.landlock}`);
  field('seccomp', layers.seccomp);
  field('identity', `${layers.ids}, capabilities: ${layers.capabilities}`);
  field('rlimits', layers.rlimits.join(', '));
  field('cgroup', layers.cgroup ?? 'none writable here, and none needed');
  field('proved', layers.proofs.join(', '));
}

async function showAttacks() {
  title('What a hostile program gets');
  let held = true;
  for (const [name, code, policy = { blockedImports: [] }] of ATTACKS) {
    const run = await runCode(code, {}, { timeoutSeconds: 1, ...policy });
    held &&= !run.ok;
    const status = paint(run.ok ? 31 : 32, run.status.padEnd(14));
    console.log(
      `${name.padEnd(28)}${status}${String(run.error ?? 'NOT REFUSED')
        .split('\n')[0]
        .slice(0, 100)}`,
    );
  }
  return held;
}

try {
  const ok = await showProgram();
  const held = await showAttacks();
  console.log(`\n${held ? paint(32, 'Every attack was held.') : paint(31, 'An attack was not held.')}\n`);
  process.exitCode = ok && held ? 0 : 1;
} catch (error) {
  if (!(error instanceof PungiError)) throw error;
  console.error(`${error.code}: ${error.message}\n${error.hint}`);
  process.exitCode = error.exitCode;
}
