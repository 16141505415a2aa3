// Theory of operation. Calls come from hostile code, forwarded unread and counted by the supervisor. Each frame gets
// exactly one answer, since the run's clock stands until it has; what is no call is answered to nobody. A call is
// looked up by name among those that this run offers, counted, and carried out; some go on at once, the rest wait in
// order. When the run is over, what is still under way is aborted and recorded, and its answer goes nowhere.
import { PungiError } from '../errors/pungi-error.js';
import { readCall } from '../protocol/call-message.js';
import type { LiveEvent } from '../result/live-event.js';
import { createAdmission } from './admit-call.js';
import { createAnswerSender } from './answer-sender.js';
import { type CallFault, CallRefusal, faultOf } from './call-fault.js';
import { type ConductedCalls, createCallLedger, type NotedCall } from './call-ledger.js';
import { type CallRun, carryOut, LazyAbort } from './carry-out.js';
import type { FunctionSet } from './collect-functions.js';
import { ENVELOPE_BYTES } from './function-orders.js';
import { createHostClock } from './host-clock.js';

export interface CallConductor {
  call(payload: Uint8Array): void;
  /** The supervisor says how many bytes of answers went down the line. */
  room(payload: Uint8Array): void;
  /** Milliseconds so far in which at least one function was at work. */
  hostMs(): number;
  /** Aborts what is under way. */
  finish(): ConductedCalls;
}

export interface ConductOrders {
  readonly functions: FunctionSet;
  readonly send: (payload: Uint8Array) => Promise<void>;
  readonly tell: (event: LiveEvent) => void;
}

/** Of a run without functions, whose supervisor lets no call through. */
export const NO_CALLS: CallConductor = Object.freeze({
  call: refuseAll,
  room: refuseAll,
  hostMs: () => 0,
  finish: () => ({ calls: [], notes: [] }),
});

function refuseAll(): never {
  throw new PungiError('SANDBOX_FAILED', 'The supervisor sent a call for a run that has no functions.');
}

const MOST_AT_ONCE = 32;
const MOST_WAITING_BYTES = 32 * 1024 * 1024;
const SHOWN_CHARACTERS = 200;
/** Number, name and that many characters, which a worker writes in ASCII. */
const MOST_HEAD_BYTES = 512;
/** A number that no call has. */
const NOBODY = 0;

type Entry = NotedCall & CallRun;

export function createCallConductor({ functions, send, tell }: ConductOrders): CallConductor {
  const sender = createAnswerSender(send);
  const ledger = createCallLedger(tell);
  const clock = createHostClock();
  const admit = createAdmission(functions);
  const maxBytes = Math.max(...[...functions.values()].map(({ limits }) => limits.maxArgumentBytes));
  const active = new Map<number, Entry>();
  const queue: Entry[] = [];
  let running = 0;
  let waitingBytes = 0;

  function refuse(reason: string, id: number = NOBODY): void {
    ledger.refuse(reason);
    void sender.fault(id, { outcome: 'refused', name: 'ValueError', message: reason });
  }

  function enqueue(call: NotedCall): void {
    const facts = admit(call.name, call.argumentBytes);
    if (waitingBytes + call.argumentBytes > Math.max(MOST_WAITING_BYTES, 2 * maxBytes)) {
      throw new CallRefusal('refused', 'CallLimitError', `${call.name}(): too many calls are waiting`);
    }
    const entry: Entry = { ...call, facts, abort: new LazyAbort() };
    active.set(entry.id, entry);
    waitingBytes += entry.argumentBytes;
    queue.push(entry);
  }

  function next(): void {
    while (running < MOST_AT_ONCE) {
      const entry = queue.shift();
      if (entry === undefined) return;
      waitingBytes -= entry.argumentBytes;
      void begin(entry);
    }
  }

  async function begin(entry: Entry): Promise<void> {
    running += 1;
    const fault = await perform(entry);
    if (fault !== null) await sender.fault(entry.id, fault);
    if (active.delete(entry.id)) ledger.end(entry, fault);
    running -= 1;
    next();
  }

  /** `null` when the value is on its way. */
  async function perform(entry: Entry): Promise<CallFault | null> {
    let value: unknown;
    clock.begin();
    try {
      value = await carryOut(entry);
    } catch (error) {
      return faultOf(error);
    } finally {
      clock.end();
    }
    try {
      const { id, name, facts } = entry;
      await sender.value(id, value, {
        name: `the answer of ${name}()`,
        maxBytes: facts.limits.maxAnswerBytes,
      });
      return null;
    } catch (error) {
      const fault = faultOf(error);
      return error instanceof CallRefusal ? fault : { ...fault, name: 'TypeError' };
    }
  }

  return {
    call(payload) {
      const read = readCall(payload, maxBytes + ENVELOPE_BYTES);
      if (!read.ok) {
        const id = idOf(payload);
        // Who waits is told, unless that number is another's.
        return refuse(read.reason, active.has(id) ? NOBODY : id);
      }
      const { call } = read;
      if (active.has(call.id)) return refuse(`the number ${call.id} of a call that is not answered yet`);
      const startedAt = performance.now();
      const noted = { ...call, argumentText: shown(payload), argumentBytes: payload.length, startedAt };
      ledger.begin(noted);
      try {
        enqueue(noted);
      } catch (error) {
        const fault = faultOf(error);
        void sender.fault(call.id, fault);
        ledger.end(noted, fault);
      }
      next();
    },
    room(payload) {
      sender.onRoom(new DataView(payload.buffer, payload.byteOffset, payload.byteLength).getUint32(0));
    },
    hostMs: () => clock.ms(),
    finish() {
      sender.end();
      queue.length = 0;
      const ended = new DOMException('The run is over.', 'AbortError');
      for (const entry of active.values()) {
        ledger.end(entry, { outcome: 'cancelled', name: 'CancelledError', message: 'the run is over' });
        entry.abort.abort(ended);
      }
      active.clear();
      return ledger.read();
    },
  };
}

/** The number that a call which cannot be read was given; as the worker writes it. */
function idOf(payload: Uint8Array): number {
  const head = Buffer.from(payload.buffer, payload.byteOffset, Math.min(payload.length, 20)).toString(
    'latin1',
  );
  const id = Number(/^\{"id":(\d{1,10}),/.exec(head)?.[1] ?? NOBODY);
  return id <= 0xffff_ffff ? id : NOBODY;
}

/** As the worker wrote it, and only if it did so in the usual order. */
function shown(payload: Uint8Array): string {
  const size = Math.min(payload.length - 1, MOST_HEAD_BYTES);
  const head = Buffer.from(payload.buffer, payload.byteOffset, size).toString('latin1');
  const start = head.indexOf('"arguments":');
  const text = start === -1 ? '' : head.slice(start + '"arguments":'.length);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}...` : text;
}
