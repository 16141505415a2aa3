// A program nobody here wrote, run in the jail: `npm run demo`.
import { runCode } from '../dist/index.js';

const program = `
import statistics

print('measuring', len(input_data['samples']), 'samples')
with open('report.txt', 'w') as report:
    report.write('mean %.2f' % statistics.mean(input_data['samples']))

result = {'mean': statistics.mean(input_data['samples']), 'spread': statistics.pstdev(input_data['samples'])}
`;

const attacks = {
  'read /etc/passwd': 'open("/etc/passwd").read()',
  'open a connection': 'import socket\nsocket.create_connection(("127.0.0.1", 22), timeout=1)',
  'import os': 'import os',
  'loop for ever': 'while True: pass',
  'take all memory': 'x = bytearray(8_000_000_000)',
};

const run = await runCode(program, { samples: [3, 5, 8, 13, 21] });

console.log('status    ', run.status);
console.log('result    ', run.result);
console.log('stdout    ', run.stdout.trimEnd());
console.log('files     ', [...run.files.keys()].join(', '));
console.log('usage     ', run.usage);
console.log('isolation ', run.isolation.level, run.isolation.layers);

console.log('\nWhat a hostile program gets:\n');
for (const [name, code] of Object.entries(attacks)) {
  // The import list is switched off but for its own row: what refuses is the kernel.
  const policy = { timeoutSeconds: 1, ...(name === 'import os' ? {} : { blockedImports: [] }) };
  const attack = await runCode(code, {}, policy);
  console.log(`${name.padEnd(18)} ${attack.status.padEnd(13)} ${attack.error}`);
}

process.exitCode = run.ok ? 0 : 1;
