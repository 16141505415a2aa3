import { setTimeout as later } from 'node:timers';
import { readPlainObject } from '../policy/plain-object.js';
import { CallRefusal } from './call-fault.js';
import type { CallContext, Checked, FunctionFacts, PendingCall } from './host-function.js';

/** One call on its way through the host. */
export interface CallRun {
  readonly id: number;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly facts: FunctionFacts;
  /** Ended with the run, or when the time of the call is over. */
  readonly abort: LazyAbort;
}

/** A signal that costs nothing until it is asked for. */
export class LazyAbort {
  #controller: AbortController | null = null;
  #ended: Error | null = null;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#ended !== null && !this.#controller.signal.aborted) this.#controller.abort(this.#ended);
    return this.#controller.signal;
  }

  get isOver(): boolean {
    return this.#ended !== null;
  }

  abort(reason: Error): void {
    this.#ended ??= reason;
    this.#controller?.abort(this.#ended);
  }
}

/** The value of a call: `check input → approve → execute → check output`. Throws what Python is to be told. */
export async function carryOut(call: CallRun): Promise<unknown> {
  const { facts, name } = call;
  const checked = accepted(await facts.checkInput(call.arguments), name, 'argument ');
  const input = facts.approve === null ? checked : await approved(call, facts.approve, checked);
  // Checks and approvals may take longer than the run: a late yes is none.
  if (call.abort.isOver) throw new CallRefusal('cancelled', 'CancelledError', 'the run is over');
  const value = await withinTime(call, input);
  return facts.checkOutput === null ? value : returned(await facts.checkOutput(value), name);
}

function accepted(checked: Checked, name: string, place: string): unknown {
  if (checked.ok) return checked.value;
  const kind = checked.kind === 'type' ? 'TypeError' : 'ValueError';
  throw new CallRefusal('refused', kind, `${name}(): ${place}${checked.reason}`);
}

async function approved(
  { id, name, arguments: given, facts, abort }: CallRun,
  approve: (call: PendingCall) => unknown,
  checked: unknown,
): Promise<unknown> {
  const pending: PendingCall = {
    id,
    name,
    // As `execute` would have them, defaults included.
    arguments: isRecord(checked) ? checked : given,
    get signal() {
      return abort.signal;
    },
  };
  const answer = await approve(pending);
  if (answer === true) return checked;
  const read = answer === false ? null : readPlainObject(answer);
  const reason = read?.ok === true ? read.entries.get('deny') : undefined;
  const changed = read?.ok === true ? read.entries.get('arguments') : undefined;
  if (typeof reason !== 'string' && changed !== undefined) {
    return accepted(await facts.checkInput(changed), name, 'changed argument ');
  }
  // Whatever is no clear yes is a no.
  const why = typeof reason === 'string' ? `: ${reason}` : '';
  throw new CallRefusal('denied', 'PermissionError', `${name}() was not approved${why}`);
}

/** A function that goes on after its time is not waited for. */
async function withinTime({ name, facts, abort }: CallRun, input: unknown): Promise<unknown> {
  const { timeoutMs } = facts.limits;
  const context: CallContext = {
    name,
    get signal() {
      return abort.signal;
    },
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = later(() => {
      const message = `${name}() took longer than its ${timeoutMs / 1000} s`;
      abort.abort(new DOMException(message, 'TimeoutError'));
      reject(new CallRefusal('timeout', 'TimeoutError', message));
    }, timeoutMs);
  });
  try {
    return await Promise.race([facts.invoke(input, context), late]);
  } finally {
    clearTimeout(timer);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function returned(checked: Checked, name: string): unknown {
  if (checked.ok) return checked.value;
  throw new CallRefusal(
    'error',
    'TypeError',
    `${name}() gave what its output schema refuses: ${checked.reason}`,
  );
}
