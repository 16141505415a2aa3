import { resolvePolicy } from '../policy/resolve-policy.js';
import type { RunnerPolicy } from '../policy/schema.js';
import type { LiveUsage } from '../result/live-usage.js';
import { formatBytes, formatSeconds } from '../result/quantities.js';
import type { Screen } from './screen.js';

/** Shorter runs show no line. */
const FIRST_MS = 500;
const EVERY_MS = 200;

/** The line that says how long a run lasts and what memory it holds. */
export interface LiveLine {
  readonly onUsage: (usage: LiveUsage) => void;
  end(): void;
}

/** Starts it; the policy says the limits. */
export function startLiveLine(screen: Screen, policy: RunnerPolicy): LiveLine {
  const { timeoutMs, memoryBytes } = resolvePolicy(policy);
  // Until the run says so itself, the time that it takes to start is counted.
  let startedAt = performance.now();
  let memoryMb: number | null = null;
  const timer = setInterval(() => {
    const lastedMs = performance.now() - startedAt;
    if (lastedMs < FIRST_MS) return;
    const time = `${(lastedMs / 1000).toFixed(1)} of ${formatSeconds(timeoutMs)}`;
    const memory = memoryMb === null ? '' : `, ${Math.ceil(memoryMb)} of ${formatBytes(memoryBytes)}`;
    screen.status(`${time}${memory}`);
  }, EVERY_MS);
  timer.unref();
  return {
    onUsage: (usage) => {
      startedAt = performance.now() - usage.wallMs;
      memoryMb = usage.memoryMb;
    },
    end() {
      clearInterval(timer);
      screen.status(null);
    },
  };
}
