import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { decodeValue } from '../../src/protocol/decode-value.js';
import { parseJson } from '../../src/protocol/parse-json.js';
import { MAX_WIRE_DEPTH } from '../../src/protocol/wire-limits.js';

const HARNESS = fileURLToPath(new URL('../../python-harness', import.meta.url));

test('what the harness makes of every object that its fuzzer has kept is taken here', () => {
  const printed = execFileSync('python3', ['-B', '-m', 'tests.fuzz.print_wires'], {
    cwd: HARNESS,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const wires = printed.split('\n').slice(0, -1);
  expect(wires.length).toBeGreaterThan(20);
  for (const wire of wires) {
    const parsed = parseJson(Buffer.from(wire), { maxBytes: 2 ** 21, maxDepth: MAX_WIRE_DEPTH });
    expect(parsed.ok, wire.slice(0, 200)).toBe(true);
    if (parsed.ok) expect(() => decodeValue(parsed.value)).not.toThrow();
  }
});
