import { encodeInput } from '../protocol/encode-input.js';
import type { FunctionSet } from './collect-functions.js';
import { docstringOf } from './docstring.js';

/** What Python and the supervisor are told of the functions of a job: data alone. */
export interface FunctionOrders {
  /** For the worker, as wire text. */
  readonly text: string;
  /** Most calls of all functions together, and most bytes of one, as the supervisor holds them. */
  readonly most: number;
  readonly maxBytes: number;
  readonly countHostTime: boolean;
}

/** Calls that may be beyond the limits of their functions: they are refused by name. */
const SURPLUS = 1000;
/** Number and name of a call. */
export const ENVELOPE_BYTES = 4096;

export function functionOrders(set: FunctionSet, countHostTime: boolean): FunctionOrders {
  const limits = [...set.values()].map((facts) => facts.limits);
  const functions = [...set].map(([name, facts]) => ({
    name,
    doc: docstringOf(facts),
    returns: facts.returns,
    parameters: facts.parameters.map(({ description: _description, ...parameter }) => parameter),
    schema: facts.schema,
    maxCalls: facts.limits.maxCalls,
    maxArgumentBytes: facts.limits.maxArgumentBytes,
  }));
  return {
    text: encodeInput(functions, { name: 'functions' }),
    most: limits.reduce((sum, { maxCalls }) => sum + maxCalls, SURPLUS),
    maxBytes: Math.max(0, ...limits.map(({ maxArgumentBytes }) => maxArgumentBytes)) + ENVELOPE_BYTES,
    countHostTime,
  };
}
