import { readyMessage } from '../../protocol/messages.js';
import type { IsolationLayers } from '../../result/run-result.js';
import { readTrusted } from '../../supervise/read-trusted.js';

export interface LayersReader {
  /** The payload of a `ready` frame. */
  push(payload: Uint8Array): void;
  /** Of the worker that was ready last; all workers of a plan prove the same. */
  readonly layers: IsolationLayers;
}

/** Workers of one plan send the same bytes: what was read once is not read again. */
export function createLayersReader(): LayersReader {
  let bytes = Buffer.alloc(0);
  let layers: IsolationLayers | null = null;
  return {
    push(payload) {
      if (layers !== null && bytes.equals(payload)) return;
      layers = deepFrozen(readTrusted(readyMessage, payload).layers);
      // A copy: the payload is a view of a chunk that may be much larger.
      bytes = Buffer.from(payload);
    },
    get layers() {
      if (layers === null) throw new TypeError('No worker has been ready yet.');
      return layers;
    },
  };
}

function deepFrozen(layers: IsolationLayers): IsolationLayers {
  for (const value of Object.values(layers)) if (typeof value === 'object') Object.freeze(value);
  return Object.freeze(layers);
}
