import type { RunnerPolicy } from '../policy/schema.js';
import { encodeInput } from '../protocol/encode-input.js';
import type { Seen } from '../result/ending.js';
import type { RunResult } from '../result/run-result.js';

export const LIMIT_KEYS = [
  'timeoutSeconds',
  'cpuSeconds',
  'memoryLimitMb',
  'maxProcesses',
  'maxOpenFiles',
  'diskLimitMb',
  'maxOutputKb',
  'maxResultKb',
] as const;

export type LimitKey = (typeof LIMIT_KEYS)[number];
export type Limits = Readonly<Record<LimitKey, number>>;

/** How a limit is made of what was used: so many times that, at least this much, then up to the next round number. */
export interface LimitRule {
  readonly factor: number;
  readonly least: number;
  readonly round: 'decimal' | 'binary';
}

/** Time depends most on the machine and its load; the other figures hardly change between two runs. */
export const LIMIT_RULES: Readonly<Record<LimitKey, LimitRule>> = {
  timeoutSeconds: { factor: 4, least: 2, round: 'decimal' },
  cpuSeconds: { factor: 4, least: 2, round: 'decimal' },
  memoryLimitMb: { factor: 1.5, least: 64, round: 'binary' },
  maxProcesses: { factor: 2, least: 2, round: 'binary' },
  maxOpenFiles: { factor: 2, least: 64, round: 'binary' },
  diskLimitMb: { factor: 2, least: 1, round: 'binary' },
  maxOutputKb: { factor: 2, least: 16, round: 'binary' },
  maxResultKb: { factor: 2, least: 16, round: 'binary' },
};

/** What a run used of each, by the host's account; processes, descriptors and disk by the worker's own. */
export function usedOf(result: RunResult, seen: Seen): Limits {
  const filesOut = [...result.files.values()].reduce((sum, file) => sum + file.sizeBytes, 0);
  return {
    timeoutSeconds: result.usage.wallMs / 1000,
    cpuSeconds: result.usage.cpuMs / 1000,
    memoryLimitMb: result.usage.peakMemoryMb,
    maxProcesses: seen.processes,
    maxOpenFiles: seen.openFiles,
    diskLimitMb: Math.max(seen.diskBytes, filesOut) / 1024 / 1024,
    maxOutputKb: Math.max(bytesOf(result.stdout), bytesOf(result.stderr)) / 1024,
    maxResultKb: resultBytes(result.result) / 1024,
  };
}

/** `most` is what the watched run had: it was enough. */
export function narrowLimits(used: Limits, most: Limits): Limits {
  const limit = (key: LimitKey): number => {
    const { factor, least, round } = LIMIT_RULES[key];
    const wanted = Math.max(used[key] * factor, least);
    return Math.min(round === 'decimal' ? roundDecimal(wanted) : roundBinary(wanted), most[key]);
  };
  return {
    timeoutSeconds: limit('timeoutSeconds'),
    cpuSeconds: limit('cpuSeconds'),
    memoryLimitMb: limit('memoryLimitMb'),
    maxProcesses: limit('maxProcesses'),
    maxOpenFiles: limit('maxOpenFiles'),
    diskLimitMb: limit('diskLimitMb'),
    maxOutputKb: limit('maxOutputKb'),
    maxResultKb: limit('maxResultKb'),
  };
}

/** The same limits as a policy says them: one that follows from another by default is left out. */
export function limitsAsPolicy(limits: Limits): RunnerPolicy {
  const { cpuSeconds, ...others } = limits;
  return cpuSeconds === Math.ceil(limits.timeoutSeconds) ? others : { ...others, cpuSeconds };
}

/** 1, 2, 5, 10, 20, 50 and so on. */
function roundDecimal(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((step) => step * power >= value) ?? 10) * power;
}

/** 1, 2, 4, 8 and so on. */
function roundBinary(value: number): number {
  return 2 ** Math.ceil(Math.log2(value));
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

function resultBytes(result: unknown): number {
  return result === undefined ? 0 : bytesOf(encodeInput({ result }));
}
