import { types } from 'node:util';
import { isPythonName } from '../policy/python-names.js';
import type { CallOutcome } from '../result/call-record.js';

/** Why a call has no value: what Python is told, and how it counts. */
export interface CallFault {
  readonly outcome: Exclude<CallOutcome, 'ok'>;
  /** The name of the exception class in Python. */
  readonly name: string;
  readonly message: string;
}

const LONGEST_MESSAGE = 10_000;
const LONGEST_NAME = 100;

/** Ends the way of a call; not seen outside of it. */
export class CallRefusal extends Error {
  readonly fault: CallFault;

  constructor(outcome: CallFault['outcome'], name: string, message: string) {
    super(message);
    this.fault = { outcome, name, message: message.slice(0, LONGEST_MESSAGE) };
  }
}

/** Of whatever a function threw: its class by name, and its message; never its stack. */
export function faultOf(error: unknown): CallFault {
  if (error instanceof CallRefusal) return error.fault;
  try {
    return {
      outcome: 'error',
      name: errorName(error),
      message: errorMessage(error).slice(0, LONGEST_MESSAGE),
    };
  } catch {
    return { outcome: 'error', name: 'Error', message: 'the error could not be described' };
  }
}

/** A class that does not set `name` inherits 'Error'; then its own name says more. */
function errorName(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'Error';
  const own: unknown = 'name' in error ? error.name : null;
  const name = typeof own === 'string' && own !== 'Error' ? own : error.constructor?.name;
  const isUsable = typeof name === 'string' && name.length <= LONGEST_NAME && isPythonName(name);
  return isUsable && name !== 'Object' ? name : 'Error';
}

function errorMessage(error: unknown): string {
  if (types.isNativeError(error)) return error.message;
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}
