export { createRunner, type Runner, type RunnerInfo, type RunnerOptions } from './create-runner.js';
export { type DoctorOptions, type DoctorReport, doctor, type LevelProof } from './doctor.js';
export type { Validation, ValidationProblem } from './engines/questions/validation.js';
export { closeSharedPools } from './engines/shared/process-pools.js';
export type { WarmOptions } from './engines/warm/warm-options.js';
export { ERROR_CATALOGUE, type ErrorCode } from './errors/catalogue.js';
export { PungiError } from './errors/pungi-error.js';
export {
  defineFunction,
  type FunctionDefinition,
} from './functions/define-function.js';
export { describeFunctions } from './functions/describe-functions.js';
export type {
  Approval,
  CallContext,
  HostFunction,
  HostFunctions,
  PendingCall,
} from './functions/host-function.js';
export type { DoctorLayer } from './host/doctor.js';
export { checkDestination } from './job/check-destination.js';
export type { FileInput, RunOptions } from './job/run-options.js';
export type { LearnGrants } from './learn/grants.js';
export { type LearnOptions, learnPolicy } from './learn/learn-policy.js';
export type { Learning, Need, Used, Verification } from './learn/learning.js';
export type { LogFacts, Logger } from './log/logger.js';
export { policyFromDotEnv } from './policy/from-dot-env.js';
export { policyFromEnv } from './policy/from-env.js';
export { policyFromFile } from './policy/from-file.js';
export type { IsolationLevel } from './policy/isolation-level.js';
export { presets } from './policy/presets.js';
export type { RunnerPolicy } from './policy/schema.js';
export type { CallOutcome, CallRecord, CallStart } from './result/call-record.js';
export type {
  BoxPoint,
  Chart,
  ChartAxis,
  ChartGrid,
  ChartPlace,
  ChartSeries,
  PlotChart,
} from './result/chart.js';
export { type FormatForModelOptions, formatForModel } from './result/format-for-model.js';
export type { LiveEvent } from './result/live-event.js';
export type { LiveUsage } from './result/live-usage.js';
export { orThrow, RunFailed } from './result/or-throw.js';
export type {
  Denial,
  Display,
  Exports,
  IsolationLayers,
  IsolationReport,
  OutputFile,
  RunError,
  RunResult,
  RunStatus,
  SessionState,
  StreamTruncation,
  Truncated,
  Usage,
} from './result/run-result.js';
export { runCodeSync } from './run-code-sync.js';
export { runCode } from './runner.js';
export type { Checkpoint, Session, SessionVariable } from './session/session.js';
export type { SessionFile, SessionFiles } from './session/session-files.js';
export type { SessionOptions } from './session/session-options.js';
export type { RunEvent } from './supervise/run-event.js';
export type { RunHandle } from './supervise/run-handle.js';
export type { SyncRunOptions } from './sync/refuse-live.js';
export { validateCode } from './validate-code.js';
