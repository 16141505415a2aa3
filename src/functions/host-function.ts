import type { JsonSchema } from './json-schema.js';

/** What a function gets beside its arguments. */
export interface CallContext {
  /** As the code called it: `db.query`. */
  readonly name: string;
  /** Aborted when the run ends or `timeoutSeconds` is over. */
  readonly signal: AbortSignal;
}

/** A call that waits for `approve`. The arguments are checked, with the defaults of the schema. */
export interface PendingCall {
  readonly id: number;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** `true` lets it go on, `false` and `deny` raise PermissionError in Python, `arguments` are used in place of those given. */
export type Approval =
  | boolean
  | { readonly deny: string }
  | { readonly arguments: Readonly<Record<string, unknown>> };

export interface Parameter {
  readonly name: string;
  /** As a Python annotation. */
  readonly type: string;
  readonly description: string;
  /** `rest` takes all further positions, `more` all further names. */
  readonly kind: 'plain' | 'rest' | 'more';
  readonly required: boolean;
  /** `undefined` when it has none of its own: then it may be left out. */
  readonly default: unknown;
}

export type Checked =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly kind: 'type' | 'value'; readonly reason: string };

export type Check = (value: unknown) => Checked | Promise<Checked>;

export interface CallLimits {
  readonly maxCalls: number;
  readonly timeoutMs: number;
  readonly maxArgumentBytes: number;
  readonly maxAnswerBytes: number;
}

/** All that is known of one function. */
export interface FunctionFacts {
  readonly description: string;
  readonly parameters: readonly Parameter[];
  /** Of the arguments as one object. */
  readonly schema: JsonSchema;
  /** As a Python annotation. */
  readonly returns: string;
  readonly checkInput: Check;
  /** `null` lets everything through. */
  readonly checkOutput: Check | null;
  readonly invoke: (input: unknown, context: CallContext) => unknown;
  readonly approve: ((call: PendingCall) => unknown) | null;
  readonly limits: CallLimits;
}

/** A function of the host that code may call; made by `defineFunction`. */
export class HostFunction {
  readonly facts: FunctionFacts;

  constructor(facts: FunctionFacts) {
    this.facts = Object.freeze(facts);
    Object.freeze(this);
  }
}

/** Functions by name; an object in place of a function is a namespace: `{ db: { query } }` gives `db.query()`. */
export interface HostFunctions {
  readonly [name: string]: HostFunction | ((...args: never[]) => unknown) | HostFunctions;
}
