import { expect, test } from 'vitest';
import { FRAME } from '../../src/protocol/frame-kinds.js';
import { type TouchSeat, touchFiles } from '../../src/session/touch-files.js';
import { sampleEnd } from '../result/sample-ending.js';

/** A supervisor that ends what it is ordered for this reason, and says nothing else. */
function seatThatEnds(reason: 'outcome' | 'exited'): TouchSeat {
  const listeners: Parameters<TouchSeat['attend']>[0][] = [];
  return {
    nextRun: () => 7,
    attend(listener, _, work) {
      listeners.push(listener);
      return work();
    },
    supervisor: {
      send(kind, run) {
        const payload = Buffer.from(JSON.stringify(sampleEnd({ reason })));
        if (kind === FRAME.touch) listeners[0]?.onFrame({ kind: FRAME.end, run, payload });
        return Promise.resolve();
      },
    },
  };
}

test.each([
  ['is done', 'outcome', { listing: null, files: new Map() }],
  ['ended with its worker', 'exited', null],
] as const)('an order about files that %s', async (_, reason, expected) => {
  const touched = await touchFiles(seatThatEnds(reason), 1, 1000, { action: 'read', name: 'a' });
  expect(touched).toEqual(expected);
});
