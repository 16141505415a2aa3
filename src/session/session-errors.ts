import { PungiError } from '../errors/pungi-error.js';
import type { EndedMessage } from '../protocol/messages.js';
import { formatSeconds } from '../result/quantities.js';
import { decodeWaitStatus, describeSignal } from '../result/signals.js';

/** Why a session takes no more steps: what its supervisor said, or Node's own doing. */
export type SessionEnd =
  | { readonly kind: 'worker'; readonly report: EndedMessage }
  | { readonly kind: 'idle'; readonly idleMs: number }
  | { readonly kind: 'closed' }
  | { readonly kind: 'lost'; readonly why: string };

export function sessionEnded(end: SessionEnd): PungiError {
  const reason = end.kind === 'worker' ? end.report.reason : end.kind;
  return new PungiError('SESSION_ENDED', `The session has ended: ${describe(end)}.`, { details: { reason } });
}

/** `reason` may be in the words of the session's own code. */
export function forkRefused(reason: string): PungiError {
  const shown = reason.replaceAll(/\s+/g, ' ').slice(0, 300);
  return new PungiError('FORK_REFUSED', `The session cannot be forked: ${shown}.`, {
    details: { reason: shown },
  });
}

export function sessionLimit(maxSessions: number): PungiError {
  const message = `${maxSessions} sessions are living already; allowed: ${maxSessions}.`;
  return new PungiError('SESSION_LIMIT', message, { details: { maxSessions } });
}

function describe(end: SessionEnd): string {
  switch (end.kind) {
    case 'closed':
      return 'it was closed';
    case 'idle':
      return `it had no step for ${formatSeconds(end.idleMs)} (idleSeconds)`;
    case 'lost':
      return `its supervisor was lost; ${end.why.replace(/\.$/, '')}`;
    case 'worker':
      return describeWorker(end.report);
  }
}

const WORDS: Readonly<Record<Exclude<EndedMessage['reason'], 'exited'>, string>> = {
  closed: 'it was closed',
  timeout: 'a step went on after its timeoutSeconds and could not be interrupted',
  cancelled: 'a step was cancelled and could not be interrupted',
  memory: 'it needed more memory than memoryLimitMb allows',
  output: 'a step wrote far more output than maxOutputKb allows',
  disk: 'it used more disk than diskLimitMb allows',
  cpu: 'a step used up its cpuSeconds and could not be interrupted',
  processes: 'it had more processes and threads than maxProcesses allows',
  lost: 'its process broke or closed the channel on which it reports',
  outcome: 'its process died after a step',
};

function describeWorker({ reason, waitStatus }: EndedMessage): string {
  if (reason !== 'exited') return WORDS[reason];
  if (waitStatus === null) return 'its process is gone';
  const { exitCode, signal } = decodeWaitStatus(waitStatus);
  if (signal === 'SIGXCPU') return 'it used up the CPU time of its whole life, 100 times cpuSeconds';
  return signal === null
    ? `its process ended with exit code ${exitCode}`
    : `its process was ended by ${describeSignal(signal)}`;
}
