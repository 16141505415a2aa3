// Runs inside the stock container, or as an ordinary user, on the built package. Writes one JSON line per check.
import { createRunner, doctor, PungiError, runCode } from '../../dist/index.js';

const kernel = { isolation: { exactly: 'kernel' } };

/** @type {Record<string, () => Promise<unknown>>} Each returns what it saw; the test on the host judges. */
const checks = {
  identity: async () => ({
    uid: process.getuid?.(),
    level: (await runCode('1', {}, kernel)).isolation.level,
  }),
  result: async () => (await runCode("result = input_data['x'] + 1", { x: 41 }, kernel)).result,
  output: async () => (await runCode('print("seen")', {}, kernel)).stdout,
  'without a word': async () => (await runCode('1')).isolation.level,
  files: async () => {
    const code =
      'from pkg import inner\nopen("out/" + inner.NAME, "w").write(open("in.txt").read())\nwhile True: pass';
    const files = { 'in.txt': 'in', 'pkg/__init__.py': '', 'pkg/inner.py': 'NAME = "a.txt"', 'out/kept': '' };
    const run = await runCode(code, {}, { ...kernel, timeoutSeconds: 1 }, { files });
    const texts = [...run.files].map(([name, { bytes }]) => [name, Buffer.from(bytes).toString()]);
    return { status: run.status, ...Object.fromEntries(texts) };
  },
  disk: async () => {
    const code = 'f = open("a", "wb")\nwhile True: f.write(bytes(100_000))';
    return (await runCode(code, {}, { ...kernel, diskLimitMb: 1 })).status;
  },
  layers: async () => (await runCode('1', {}, kernel)).isolation.layers,
  timeout: async () => (await runCode('while True: pass', {}, { ...kernel, timeoutSeconds: 0.5 })).status,
  memory: async () => (await runCode('x = bytearray(2_000_000_000)', {}, kernel)).status,
  'reads the password file': async () =>
    (await runCode('open("/etc/passwd").read()', {}, kernel)).error?.type,
  'opens a socket': async () => {
    const code = 'import socket\nsocket.socket(socket.AF_INET, socket.SOCK_STREAM)';
    return (await runCode(code, {}, { ...kernel, blockedImports: [] })).error?.type;
  },
  'starts a process': async () => {
    const result = await runCode('import os\nos.fork()', {}, { ...kernel, blockedImports: [] });
    return result.error?.type;
  },
  'writes outside': async () => (await runCode('open("/var/tmp/x", "w")', {}, kernel)).error?.type,
  'forks a session': async () => {
    const runner = await createRunner({ policy: kernel, warm: { size: 1 } });
    try {
      const session = await runner.session();
      await session.run('trail = [1]');
      const branch = await session.fork();
      const twig = await branch.fork();
      await twig.run('trail.append(2)');
      return [await session.get('trail'), await twig.get('trail')];
    } finally {
      await runner.close('kill');
    }
  },
  'full refused': async () => {
    try {
      const result = await runCode('1', {}, { isolation: 'full' });
      return { level: result.isolation.level };
    } catch (error) {
      if (!(error instanceof PungiError)) throw error;
      return { code: error.code, message: error.message, hint: error.hint };
    }
  },
  doctor: async () => await doctor(),
};

for (const [name, check] of Object.entries(checks)) {
  const line = { name, seen: undefined, threw: undefined };
  try {
    line.seen = await check();
  } catch (error) {
    line.threw =
      error instanceof PungiError ? `${error.code}: ${error.message} ${error.hint}` : String(error);
  }
  console.log(JSON.stringify(line, (_key, value) => (typeof value === 'bigint' ? String(value) : value)));
}
