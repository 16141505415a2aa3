import type { CallRecord, CallStart } from '../result/call-record.js';
import type { LiveEvent } from '../result/live-event.js';
import type { CallFault } from './call-fault.js';

/** A call as it is told of: from the moment when it could be read. */
export interface NotedCall extends CallStart {
  readonly argumentText: string;
  /** By `performance.now()`. */
  readonly startedAt: number;
}

export interface ConductedCalls {
  readonly calls: readonly CallRecord[];
  /** What was refused as no call at all, and what is not listed, in words. */
  readonly notes: readonly string[];
}

/** What is kept, and told, of the calls of one run. */
export interface CallLedger {
  begin(call: NotedCall): void;
  /** `null` for a call that has its value. */
  end(call: NotedCall, fault: CallFault | null): void;
  /** Something that was no call. */
  refuse(reason: string): void;
  read(): ConductedCalls;
}

const MOST_RECORDS = 10_000;

export function createCallLedger(tell: (event: LiveEvent) => void): CallLedger {
  const records: CallRecord[] = [];
  let surplus = 0;
  let refused = 0;
  let firstReason = '';

  function notes(): string[] {
    return [
      ...(refused > 0 ? [`calls: ${refused} that were none were refused (${firstReason})`] : []),
      ...(surplus > 0 ? [`calls: the last ${surplus} are not listed`] : []),
    ];
  }

  return {
    begin({ id, name, arguments: given, argumentBytes }) {
      tell({ type: 'call-start', call: { id, name, arguments: given, argumentBytes } });
    },
    end({ id, name, argumentText, startedAt }, fault) {
      const outcome = fault?.outcome ?? 'ok';
      const error = fault === null ? null : `${fault.name}: ${fault.message}`;
      const durationMs = performance.now() - startedAt;
      const call = Object.freeze({ id, name, argumentText, outcome, error, durationMs });
      if (records.length < MOST_RECORDS) records.push(call);
      else surplus += 1;
      tell({ type: 'call-end', call });
    },
    refuse(reason) {
      refused += 1;
      if (refused === 1) firstReason = reason;
    },
    read: () => ({ calls: [...records], notes: notes() }),
  };
}
