import type { LiveEvent } from '../result/live-event.js';
import { isLimitStatus, type RunResult } from '../result/run-result.js';
import type { RunEvent } from './run-event.js';

/** Tells of what is known at the end only, and gives the result. */
export function concludeRun(
  result: RunResult,
  onEvent: ((event: LiveEvent) => void) | null,
  emit: (event: RunEvent) => void,
): RunResult {
  const tell = (event: LiveEvent): void => {
    onEvent?.(event);
    emit(event);
  };
  for (const denial of result.denials) tell({ type: 'denial', denial });
  if (isLimitStatus(result.status)) tell({ type: 'limit', status: result.status });
  emit({ type: 'run-end', result });
  return result;
}
