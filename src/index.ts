export { createRunner, type Runner, type RunnerInfo, type RunnerOptions } from './create-runner.js';
export { type DoctorOptions, type DoctorReport, doctor, type LevelProof } from './doctor.js';
export type { WarmOptions } from './engines/warm/warm-options.js';
export { ERROR_CATALOGUE, type ErrorCode } from './errors/catalogue.js';
export { PungiError } from './errors/pungi-error.js';
export type { DoctorLayer } from './host/doctor.js';
export type { FileInput, RunOptions } from './job/run-options.js';
export type { IsolationLevel } from './policy/isolation-level.js';
export { presets } from './policy/presets.js';
export type { RunnerPolicy } from './policy/schema.js';
export { type FormatForModelOptions, formatForModel } from './result/format-for-model.js';
export { orThrow, RunFailed } from './result/or-throw.js';
export type {
  Denial,
  IsolationLayers,
  IsolationReport,
  OutputFile,
  RunError,
  RunResult,
  RunStatus,
  StreamTruncation,
  Truncated,
  Usage,
} from './result/run-result.js';
export { runCode } from './runner.js';
export type { RunEvent } from './supervise/run-event.js';
export type { RunHandle } from './supervise/run-handle.js';
