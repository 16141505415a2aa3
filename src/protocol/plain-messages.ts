import { type EndMessage, endMessage, type OutcomeMessage, outcomeMessage } from './messages.js';

// Theory of operation. The two messages that end each run have a schema whose check takes longer than all else that Node
// does with an answer. These let through a part of what the schema does, the part that most runs are; whatever does
// not pass here goes through the schema. A property test holds the two together.

const OUTCOME_KEYS: readonly string[] = Object.keys(outcomeMessage.shape).filter(
  (key) => key !== 'exports' && key !== 'seen',
);
const END_KEYS: readonly string[] = Object.keys(endMessage.shape);
const END_REASONS: ReadonlySet<unknown> = new Set(endMessage.shape.reason.options);

/** The outcome of a run without error, note or denial. */
export function isPlainOutcome(message: unknown): message is OutcomeMessage {
  return (
    hasKeys(message, OUTCOME_KEYS) &&
    message['ending'] === 'ok' &&
    typeof message['hasResult'] === 'boolean' &&
    (message['resultRepr'] === null || typeof message['resultRepr'] === 'string') &&
    message['error'] === null &&
    message['exitCode'] === 0 &&
    isEmptyArray(message['notes']) &&
    isEmptyArray(message['denials'])
  );
}

/** The end of a run that was answered while its worker lived, or of one that left nothing out. */
export function isPlainEnd(message: unknown): message is EndMessage {
  return (
    hasKeys(message, END_KEYS) &&
    END_REASONS.has(message['reason']) &&
    message['waitStatus'] === null &&
    isAmount(message['wallMs']) &&
    isAmount(message['cpuMs']) &&
    isAmount(message['peakMemoryKb']) &&
    isCount(message['stdoutBytes']) &&
    isCount(message['stderrBytes']) &&
    isEmptyArray(message['filesLeftOut']) &&
    typeof message['diskFull'] === 'boolean' &&
    typeof message['oomKilled'] === 'boolean'
  );
}

function hasKeys(value: unknown, keys: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

function isEmptyArray(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && isAmount(value);
}
