import type { Logger } from '../log/logger.js';
import type { LiveEvent } from '../result/live-event.js';
import { isLimitStatus, type RunResult } from '../result/run-result.js';
import type { RunEvent } from './run-event.js';

/** Tells of what is known at the end only, and gives the result. */
export function concludeRun(
  result: RunResult,
  onEvent: ((event: LiveEvent) => void) | null,
  emit: (event: RunEvent) => void,
  log: Logger,
): RunResult {
  const { status, usage, denials } = result;
  log.debug('A run ended.', { status, waitMs: usage.waitMs, wallMs: usage.wallMs, denials: denials.length });
  const tell = (event: LiveEvent): void => {
    onEvent?.(event);
    emit(event);
  };
  for (const denial of denials) tell({ type: 'denial', denial });
  if (isLimitStatus(status)) tell({ type: 'limit', status });
  emit({ type: 'run-end', result });
  return result;
}
