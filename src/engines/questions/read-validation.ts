import { PungiError } from '../../errors/pungi-error.js';
import { acceptedOutcome } from '../../result/accepted-outcome.js';
import { buildResult } from '../../result/build-result.js';
import { classify } from '../../result/classify.js';
import type { Ending } from '../../result/ending.js';
import type { RunResult, RunStatus } from '../../result/run-result.js';
import { problemList, type Validation, type ValidationProblem } from './validation.js';
import { VALIDATION_SECONDS } from './validation-plan.js';

/** Endings that the code brought about by being too much to read. */
const LIMITS: Readonly<Partial<Record<RunStatus, string>>> = {
  timeout: `Reading the code took longer than ${VALIDATION_SECONDS} s.`,
  cpu_limit: `Reading the code took longer than ${VALIDATION_SECONDS} s of processor time.`,
  memory_limit: 'Reading the code took more memory than the policy allows.',
  crashed: "Reading the code ended CPython's parser.",
};

/** What the end of a validating worker says of the code. */
export function readValidation(ending: Ending): Validation {
  if (classify(ending) !== 'ok') return failed(buildResult(ending));
  const parsed = problemList.safeParse(acceptedOutcome(ending)?.result);
  if (!parsed.success) {
    throw new PungiError('SANDBOX_FAILED', 'The validating worker gave an answer that cannot be read.', {
      details: { issues: parsed.error.issues.length },
    });
  }
  const problems = parsed.data.map((problem) => Object.freeze(problem));
  return Object.freeze({ ok: problems.length === 0, problems: Object.freeze(problems) });
}

function failed(result: RunResult): Validation {
  const message = LIMITS[result.status];
  if (message === undefined) {
    throw new PungiError('SANDBOX_FAILED', `Validation ended as ${result.status}: ${String(result.error)}.`);
  }
  const problem: ValidationProblem = {
    kind: 'limit',
    type: result.error?.type ?? result.status,
    action: null,
    target: null,
    message,
    line: null,
    column: null,
    excerpt: null,
    suggestion: 'Shorten the code, or nest it less deeply.',
  };
  return Object.freeze({ ok: false, problems: Object.freeze([Object.freeze(problem)]) });
}
