import type { RunOptions } from '../job/run-options.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { RunnerPolicy } from '../policy/schema.js';
import type { Seen } from '../result/ending.js';
import type { LearnGrants } from './grants.js';
import type { Used } from './learning.js';
import type { Limits } from './narrow-limits.js';

/** How the recorder calls a socket that was made for no address. */
const SOCKET = 'a socket';

/** What was granted and is a matter of yes or no, where it was used, and what no run can show. */
export function fixedPart(grants: LearnGrants, seen: Seen): RunnerPolicy {
  const { env, pythonExecutable } = grants;
  const startsPrograms = grants.allowSubprocess === true && seen.programs.length > 0;
  // What a program that was started asks of the network is not seen.
  const usesNetwork = grants.allowNetwork === true && (seen.hosts.length > 0 || startsPrograms);
  return {
    ...(usesNetwork ? { allowNetwork: true } : {}),
    ...(startsPrograms ? { allowSubprocess: true } : {}),
    ...(env === undefined || Object.keys(env).length === 0 ? {} : { env }),
    ...(pythonExecutable === undefined ? {} : { pythonExecutable }),
  };
}

export function notesOf(seen: Seen, granted: ResolvedPolicy): readonly string[] {
  const notes: string[] = [];
  if (seen.imports.some((name) => name === 'importlib' || name.startsWith('importlib.'))) {
    notes.push(
      'What importlib loads is not held by allowedImports: the kernel layers hold, whatever is imported.',
    );
  }
  if (isBlind(seen, granted) && granted.readablePaths.length + granted.writablePaths.length > 0) {
    notes.push('The paths are those that were granted: what started programs open is not seen.');
  }
  if (seen.dropped > 0) {
    notes.push(
      `${seen.dropped} of the things it asked for were too many or too long to note: check what it needs.`,
    );
  }
  return notes;
}

/** Whether files may have been opened that nobody noted. */
export function isBlind(seen: Seen, { allowSubprocess }: ResolvedPolicy): boolean {
  return (allowSubprocess && seen.programs.length > 0) || seen.dropped > 0;
}

export function usedOfRun(seen: Seen, { files = {}, entrypoint }: RunOptions): Used {
  const read = new Set(seen.reads);
  const named = seen.hosts.filter((host) => host !== SOCKET);
  return {
    files: Object.keys(files).filter((name) => name !== entrypoint && read.has(`${seen.workdir}/${name}`)),
    programs: seen.programs,
    hosts: named.length > 0 ? named : seen.hosts,
  };
}

/** The limits of a policy in the units in which policies are written. */
export function limitsOf(policy: ResolvedPolicy): Limits {
  return {
    timeoutSeconds: policy.timeoutMs / 1000,
    cpuSeconds: policy.cpuSeconds,
    memoryLimitMb: policy.memoryBytes / 1024 / 1024,
    maxProcesses: policy.maxProcesses,
    maxOpenFiles: policy.maxOpenFiles,
    diskLimitMb: policy.diskBytes / 1024 / 1024,
    maxOutputKb: policy.maxOutputBytes / 1024,
    maxResultKb: policy.maxResultBytes / 1024,
  };
}
