import { needsFontList, withFontList } from './engines/font-list.js';
import { openPool, sharesTree } from './engines/open-pool.js';
import { describeSandbox, statementText } from './engines/questions/describe-sandbox.js';
import { readInventory } from './engines/questions/inventory.js';
import { descriptionJob, quietOrder } from './engines/questions/question-job.js';
import type { Validation } from './engines/questions/validation.js';
import type { PoolInfo } from './engines/warm/pool.js';
import { resolveWarm, type WarmOptions } from './engines/warm/warm-options.js';
import { collectFunctions } from './functions/collect-functions.js';
import { callableText } from './functions/describe-functions.js';
import type { HostFunctions } from './functions/host-function.js';
import { hostFacts } from './host/default-host.js';
import { refuseOneshot } from './job/check-oneshot.js';
import type { Job } from './job/job.js';
import { currentPathBase } from './job/path-base.js';
import { prepareRun } from './job/prepare-run.js';
import { readNamed } from './job/read-named.js';
import type { RunOptions } from './job/run-options.js';
import { type Logger, resolveLogger } from './log/logger.js';
import { buildPlan } from './plan/build-plan.js';
import { orderSession } from './plan/session.js';
import { resolvePolicy } from './policy/resolve-policy.js';
import type { RunnerPolicy } from './policy/schema.js';
import { createValidator } from './reading/validator.js';
import { buildResult } from './result/build-result.js';
import type { Session } from './session/session.js';
import { resolveMaxSessions, type SessionOptions } from './session/session-options.js';
import { createSessions } from './session/sessions.js';
import { concludeRun } from './supervise/conclude-run.js';
import { createRunHandle, type RunHandle } from './supervise/run-handle.js';

export interface RunnerOptions {
  /** What the code may do; the same for all runs of the runner. */
  readonly policy?: RunnerPolicy | undefined;
  readonly warm?: WarmOptions | undefined;
  /** How many sessions may live at once; 16 by default. */
  readonly maxSessions?: number | undefined;
  /** Functions of this process that every run may call; a run may add its own. */
  readonly functions?: HostFunctions | undefined;
  /** Told of trees that start and are lost, and of each run; by default silent, or what `PUNGI_LOG_LEVEL` asks for on stderr. */
  readonly logger?: Logger | undefined;
}

/** A pool of processes of one policy, kept ready. Ended by `close`, or by `await using`. */
export interface Runner extends AsyncDisposable {
  /** Runs code in a process that no other run has used or will use. */
  run(code: string, inputData?: unknown, options?: RunOptions): RunHandle;
  /** Opens a living interpreter, whose variables, imports and files stay from step to step. */
  session(options?: SessionOptions): Promise<Session>;
  /** Says what keeps code from running, syntax and policy; nothing of it is run. */
  validate(code: string): Promise<Validation>;
  /** What is true of every run, in words for a system prompt: what is installed, what is refused, which limits hold. */
  describe(): Promise<string>;
  /** Live counts. */
  info(): RunnerInfo;
  /** `drain`, the default, waits for the runs that were asked for; `kill` ends them as `cancelled`. */
  close(how?: 'drain' | 'kill'): Promise<void>;
}

export interface RunnerInfo extends PoolInfo {
  /** Sessions that live. */
  readonly sessions: number;
}

/**
 * Starts processes ahead of need, so that a run takes about a millisecond. Throws `PRELOAD_FAILED` when a module
 * to preload cannot be imported. An idle runner does not keep Node alive.
 *
 * @example
 * const runner = await createRunner({ policy: { memoryLimitMb: 512 }, warm: { size: 4 } });
 * const { result } = await runner.run("result = input_data['x'] + 1", { x: 41 }); // 42
 * await runner.close();
 */
export async function createRunner(options: RunnerOptions = {}): Promise<Runner> {
  const given = readNamed('options', options, ['policy', 'warm', 'maxSessions', 'functions', 'logger']);
  const policy = resolvePolicy(given['policy']);
  const log = resolveLogger(given['logger'], process.env);
  const maxSessions = resolveMaxSessions(given['maxSessions']);
  const { preload, ...settings } = resolveWarm(given['warm']);
  const offered = given['functions'] === undefined ? null : collectFunctions(given['functions']);
  const facts = await hostFacts(policy.pythonExecutable);
  const base = await currentPathBase(policy);
  const plan = buildPlan(policy, facts, preload, base);
  const pool = await openPool(plan, facts, { ...settings, log });
  const sessions = createSessions({
    plan: buildPlan(policy, facts, preload, base, orderSession(policy, maxSessions)),
    harness: facts.harness.bundle,
    policy,
    offered,
    maxSessions,
    sharesTree: sharesTree(plan),
    log,
    withFonts: (job, signal) => (plots(job) ? completed(job, signal) : Promise.resolve(job)),
  });
  const validator = createValidator(policy, facts, base);

  // A preloaded matplotlib has read the fonts already.
  const hasFonts = preload.some((name) => /^(matplotlib|seaborn)\b/.test(name));
  const plots = (job: Job): boolean => !hasFonts && needsFontList(job);

  const completed = (job: Job, signal: AbortSignal | null): Promise<Job> =>
    withFontList(job, facts, base, plan.level, signal);

  async function describe(): Promise<string> {
    const ending = await pool.run(quietOrder(descriptionJob(policy), performance.now()));
    const text = statementText(describeSandbox(policy, plan, readInventory(ending)));
    return offered === null || offered.size === 0 ? text : text + callableText(offered);
  }

  async function close(how: 'drain' | 'kill'): Promise<void> {
    await Promise.all([pool.close(how), sessions.close(how), validator.close()]);
  }

  function run(code: string, inputData?: unknown, runOptions?: RunOptions): RunHandle {
    const askedAt = performance.now();
    return createRunHandle(async (emit) => {
      const asked = prepareRun(code, inputData, runOptions, policy, offered);
      const { callbacks } = asked;
      refuseOneshot(runOptions);
      const job = plots(asked.job) ? await completed(asked.job, callbacks.signal) : asked.job;
      const ending = await pool.run({ job, callbacks, askedAt, emit });
      return concludeRun(buildResult(ending), callbacks.onEvent, emit, log);
    });
  }

  return {
    run,
    session: (sessionOptions) => sessions.open(sessionOptions),
    validate: (code) => validator.validate(code),
    describe,
    info: () => ({ ...pool.info(), sessions: sessions.living }),
    close: (how = 'drain') => close(how),
    [Symbol.asyncDispose]: () => close('drain'),
  };
}
