import { expect, test } from 'vitest';
import { createRunner, presets } from '../../src/index.js';
import { wantedJails } from '../conformance/wanted-levels.js';

/** Frames of events, the smallest there are, written past the harness as fast as the line takes them. */
const FLOOD = `
import os
piece = b'\\0\\0\\0\\x05\\x1a\\0\\0\\0\\0' * 100000
while True:
    os.write(3, piece)
`;

test.each(wantedJails())('a flood of events at level %s ends its own run, and no other', async (level) => {
  const policy = { ...presets.agent, timeoutSeconds: 5, isolation: { exactly: level } } as const;
  const runner = await createRunner({ policy, warm: { size: 4 } });
  try {
    const floods = Array.from({ length: 3 }, () => runner.run(FLOOD));
    const innocent = await runner.run('import time\ntime.sleep(0.5)\nresult = 1');
    expect([innocent.status, innocent.result]).toEqual(['ok', 1]);
    expect((await Promise.all(floods)).map(({ status }) => status)).toEqual([
      'crashed',
      'crashed',
      'crashed',
    ]);
    expect(runner.info()).toMatchObject({ restarts: 0, lastLoss: null });
  } finally {
    await runner.close();
  }
});
