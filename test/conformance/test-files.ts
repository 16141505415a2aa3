import { createHash, randomFillSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPrograms } from './program.js';
import { FILE_PROGRAMS, INPUT_PROGRAMS } from './programs/files.js';
import type { Subject } from './subject.js';

const LARGE = 200 << 20;
const ROOMY = { diskLimitMb: 512, memoryLimitMb: 256, timeoutSeconds: 30 };

export function testFiles(subject: Subject): void {
  const { level, run } = subject;
  const places = { directory: '' };
  beforeAll(() => {
    places.directory = mkdtempSync(join(tmpdir(), 'conformance-'));
  });
  afterAll(() => rmSync(places.directory, { recursive: true }));

  testPrograms(FILE_PROGRAMS, subject);
  testPrograms(INPUT_PROGRAMS, subject);

  test('bytes and modes come out as they are', async () => {
    const code = 'import os\nos.write(os.open("x.sh", os.O_CREAT | os.O_WRONLY, 0o4750), bytes(range(256)))';
    const result = await run(code);
    expect(result.files.get('x.sh')).toEqual({
      name: 'x.sh',
      sizeBytes: 256,
      mode: 0o750,
      bytes: result.file('x.sh'),
      path: null,
    });
    expect([...(result.file('x.sh') ?? [])]).toEqual(Array.from({ length: 256 }, (_, index) => index));
  });

  test('a host file in, by its path', async () => {
    const path = join(places.directory, 'host.csv');
    writeFileSync(path, 'a,b\n', { mode: 0o640 });
    const code =
      'import os\nopen("in.csv", "a").write("1,2\\n")\nresult = oct(os.stat("in.csv").st_mode & 0o777)';
    const result = await run(code, {}, {}, { files: { 'in.csv': { path } } });
    expect(result.result).toBe('0o640');
    expect(Buffer.from(result.file('in.csv') ?? []).toString()).toBe('a,b\n1,2\n');
    expect(readFileSync(path, 'utf8')).toBe('a,b\n');
  });

  test('outputDirectory holds the files, and a symlink in it is not followed', async () => {
    const out = join(places.directory, 'out');
    mkdirSync(out, { recursive: true });
    const code =
      'import os\nos.makedirs("d")\nopen("d/a.txt", "w").write("A")\nos.symlink("/etc/passwd", "evil")';
    const result = await run(code, {}, {}, { outputDirectory: out });
    expect(readFileSync(join(out, 'd/a.txt'), 'utf8')).toBe('A');
    expect(result.files.get('d/a.txt')).toMatchObject({ bytes: null, path: join(out, 'd/a.txt') });
    expect(() => statSync(join(out, 'evil'))).toThrow();
  });

  test('200 MB go in by path and out to a directory, and the memory of Node stays flat', async () => {
    const path = join(places.directory, 'large');
    const content = randomFillSync(Buffer.alloc(LARGE));
    writeFileSync(path, content);
    const digest = createHash('md5').update(content).digest('hex');
    const out = join(places.directory, `large-out-${level}`);
    mkdirSync(out);
    const watch = watchMemory();
    const start = performance.now();
    const code = 'import os\nos.rename("in.bin", "out.bin")\nresult = os.path.getsize("out.bin")';
    const result = await run(code, {}, ROOMY, { files: { 'in.bin': { path } }, outputDirectory: out });
    const seconds = (performance.now() - start) / 1000;
    const grown = watch.stop();
    expect({ status: result.status, result: result.result }).toEqual({ status: 'ok', result: LARGE });
    expect(
      createHash('md5')
        .update(readFileSync(join(out, 'out.bin')))
        .digest('hex'),
    ).toBe(digest);
    // Buffers that were read wait for Node's collector, which comes after some 32 MB of them, however much there is.
    expect(grown).toBeLessThan(64 << 20);
    // DESIGN asks for 500 MB/s each way on a quiet machine; bench/ measures it, here it must only not be slow.
    expect((2 * LARGE) / 1e6 / seconds).toBeGreaterThan(20);
    rmSync(out, { recursive: true });
    console.info(
      `${level}: 200 MB in and out at ${((2 * LARGE) / 1e6 / seconds).toFixed(0)} MB/s, Node +${(grown / 1e6).toFixed(0)} MB`,
    );
  });

  test('50 MB of bytes go in and out through memory', async () => {
    const bytes = randomFillSync(new Uint8Array(50 << 20));
    const start = performance.now();
    const result = await run('import os\nos.rename("a", "b")', {}, ROOMY, { files: { a: bytes } });
    const seconds = (performance.now() - start) / 1000;
    expect(Buffer.compare(result.file('b') ?? Buffer.alloc(0), bytes)).toBe(0);
    expect(seconds).toBeLessThan(15);
  });
}

function watchMemory(): { stop(): number } {
  const before = process.memoryUsage().rss;
  const peak = { rss: before };
  const timer = setInterval(() => {
    peak.rss = Math.max(peak.rss, process.memoryUsage().rss);
  }, 5);
  return {
    stop: () => {
      clearInterval(timer);
      return peak.rss - before;
    },
  };
}
