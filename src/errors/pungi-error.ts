import { ERROR_CATALOGUE, type ErrorCode } from './catalogue.js';

/**
 * What we or the caller did wrong. What the sandboxed program did is a `RunResult` instead.
 *
 * @example
 * try { await runCode(code, input, { timeoutSeconds: -1 }) } catch (error) {
 *   if (error instanceof PungiError && error.code === 'INVALID_POLICY') console.error(error.hint)
 * }
 */
export class PungiError extends Error {
  override readonly name = 'PungiError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  /** The next thing to type. */
  readonly hint: string;
  readonly exitCode: number;
  readonly httpStatus: number;
  /** What can still be used after this error. */
  readonly stillUsable: string;

  constructor(code: ErrorCode, message: string, options: PungiErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const row = ERROR_CATALOGUE[code];
    this.code = code;
    this.details = options.details ?? {};
    this.hint = options.hint ?? row.hint;
    this.exitCode = row.exitCode;
    this.httpStatus = row.httpStatus;
    this.stillUsable = row.stillUsable;
  }
}

export interface PungiErrorOptions {
  readonly details?: Readonly<Record<string, unknown>>;
  readonly hint?: string;
  readonly cause?: unknown;
}
