import { decodeValue } from '../protocol/decode-value.js';
import { displayMessage, eventMessage } from '../protocol/display-message.js';
import { countValues } from '../protocol/json-guard.js';
import { readMessage } from '../protocol/read-message.js';
import { MAX_WIRE_DEPTH } from '../protocol/wire-limits.js';
import type { LiveEvent } from '../result/live-event.js';
import type { Display } from '../result/run-result.js';

export interface DisplayCaps {
  readonly maxDisplays: number;
  readonly maxDisplayBytes: number;
  readonly maxResultBytes: number;
}

export interface CollectedDisplays {
  readonly displays: readonly Display[];
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What was left out here, in words. */
  readonly notes: readonly string[];
}

/** Checks and keeps what a hostile worker shows; what does not fit is left out with a note. */
export interface DisplayCollector {
  /** `null` when it is left out. */
  display(payload: Uint8Array): Display | null;
  /** `null` also for what nobody is told. */
  event(payload: Uint8Array): LiveEvent | null;
  finish(): CollectedDisplays;
}

/** Beside the forms themselves: their names, metadata and the JSON around them. */
const ENVELOPE_BYTES = 64 * 1024;
/** Of one display, and of all displays of a run. */
const MOST_VALUES = 100_000;
const MOST_VALUES_OF_RUN = 300_000;
/** After so many that cannot be read nothing more is parsed. */
const MOST_UNREADABLE = 20;
const MOST_ENTRIES = 1000;
/** A worker that keeps its own limits sends half of these. */
const MOST_EVENTS = 25_000;

export function createDisplayCollector(caps: DisplayCaps): DisplayCollector {
  const displays: Display[] = [];
  const metadata = new Map<string, unknown>();
  const notes: string[] = [];
  let unreadable = 0;
  let surplus = 0;
  let events = 0;
  let metadataBytes = 0;
  let values = 0;

  function refuse(reason: string): null {
    unreadable += 1;
    if (unreadable === 1) notes.push(`displays: one that could not be read was left out (${reason})`);
    return null;
  }

  function readEvent(payload: Uint8Array): LiveEvent | null {
    const maxBytes = caps.maxResultBytes + ENVELOPE_BYTES;
    const read = readMessage(eventMessage, payload, { maxBytes, maxDepth: MAX_WIRE_DEPTH + 8 });
    if (!read.ok) return refuse(read.reason);
    const { message } = read;
    if (message.type === 'progress') return message;
    if (message.type === 'metadata') {
      const entries = message.entries.map(([key, value]) => [key, decodeValue(value)] as const);
      metadata.clear();
      for (const [key, value] of entries) metadata.set(key, value);
      return null;
    }
    metadataBytes += payload.length;
    const isNew = !metadata.has(message.key);
    if (metadataBytes > maxBytes || (isNew && metadata.size >= MOST_ENTRIES)) return null;
    const value = decodeValue(message.value);
    metadata.set(message.key, value);
    return { type: 'metadata', key: message.key, value };
  }

  return {
    display(payload) {
      if (unreadable >= MOST_UNREADABLE) return null;
      if (displays.length >= caps.maxDisplays) {
        surplus += 1;
        return null;
      }
      const maxBytes = caps.maxDisplayBytes + ENVELOPE_BYTES;
      const more = countValues(payload);
      if (more > MOST_VALUES || values + more > MOST_VALUES_OF_RUN) return refuse(`${more} values in JSON`);
      values += more;
      const read = readMessage(displayMessage, payload, { maxBytes, maxDepth: MAX_WIRE_DEPTH });
      if (!read.ok) return refuse(read.reason);
      const { data, metadata, chart } = read.message;
      const display = Object.freeze({ data: Object.freeze(data), metadata: Object.freeze(metadata), chart });
      displays.push(display);
      return display;
    },
    event(payload) {
      events += 1;
      if (unreadable >= MOST_UNREADABLE || events > MOST_EVENTS) return null;
      try {
        return readEvent(payload);
      } catch (error) {
        return refuse(error instanceof Error ? error.message : String(error));
      }
    },
    finish() {
      if (surplus > 0) {
        notes.push(
          `displays: ${surplus} left out, more than the ${caps.maxDisplays} that maxDisplays allows`,
        );
      }
      return { displays: [...displays], metadata: recordOf(metadata), notes };
    },
  };
}

/** Defined, not assigned: the key `__proto__` is data like any other. */
function recordOf(entries: ReadonlyMap<string, unknown>): Readonly<Record<string, unknown>> {
  const record = {};
  for (const [key, value] of entries) {
    Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true });
  }
  return record;
}
