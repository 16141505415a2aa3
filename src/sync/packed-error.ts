import { ERROR_CATALOGUE, type ErrorCode } from '../errors/catalogue.js';
import { PungiError } from '../errors/pungi-error.js';

/** An error as data: cloning keeps neither the class of a `PungiError` nor its fields. */
export interface PackedError {
  /** `null` for what is no `PungiError`. */
  readonly code: ErrorCode | null;
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly hint: string;
  /** Those of a `PungiError`, else what beside its text an error of Node bears: `errno`, `syscall`, `path`. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly cause: PackedError | null;
}

const DEEPEST = 8;

export function packError(error: unknown, depth = 0): PackedError {
  if (!(error instanceof Error)) return packError(new Error(String(error)), depth);
  const isOurs = error instanceof PungiError;
  return {
    code: isOurs ? error.code : null,
    name: error.name,
    message: error.message,
    stack: error.stack ?? '',
    hint: isOurs ? error.hint : '',
    details: cloneable(isOurs ? error.details : ownFields(error)),
    cause: error.cause === undefined || depth === DEEPEST ? null : packError(error.cause, depth + 1),
  };
}

/** The error to throw, of the same class and with the same words. */
export function unpackError({ code, name, message, stack, hint, details, cause }: PackedError): Error {
  const inner = cause === null ? {} : { cause: unpackError(cause) };
  if (code !== null && Object.hasOwn(ERROR_CATALOGUE, code)) {
    return new PungiError(code, message, { details, hint, ...inner });
  }
  const error = Object.assign(new Error(message, inner), details);
  Object.defineProperty(error, 'name', { value: name });
  Object.defineProperty(error, 'stack', { value: stack });
  return error;
}

/** A cause that was assigned is a field like any other; it travels by itself. */
function ownFields(error: Error): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(error).filter(([name]) => name !== 'cause'));
}

/** Data alone; whatever else hangs on an error is told by its text. */
function cloneable(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      try {
        return [name, structuredClone(value)];
      } catch {
        return [name, String(value)];
      }
    }),
  );
}
