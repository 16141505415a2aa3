import { z } from 'zod';

/** One thing that keeps a program from running. Lines and columns count from 1. */
export interface ValidationProblem {
  /** `syntax`: no Python; `policy`: refused; `limit`: too much to be read within the limits. */
  readonly kind: 'syntax' | 'policy' | 'limit';
  /** As a run would name it: `SyntaxError`, `ImportBlockedError`. */
  readonly type: string;
  /** What the policy refuses: `import`, `builtin`, `dunder`, `definition`, `size`; `null` for other kinds. */
  readonly action: string | null;
  readonly target: string | null;
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  /** Source lines around the place, with an arrow and a caret. */
  readonly excerpt: string | null;
  readonly suggestion: string | null;
}

/** What is known of a program that was not run. */
export interface Validation {
  readonly ok: boolean;
  /** In the order of the source, at most 101. */
  readonly problems: readonly ValidationProblem[];
}

const MOST_PROBLEMS = 101;
const text = z.string().max(100_000);
const place = z.int().nonnegative().nullable();

const problem = z.strictObject({
  kind: z.enum(['syntax', 'policy']),
  type: text,
  action: text.nullable(),
  target: text.nullable(),
  message: text,
  line: place,
  column: place,
  excerpt: text.nullable(),
  suggestion: text.nullable(),
});

/** What a worker answers that read hostile code: checked like everything that comes from one. */
export const problemList = z.array(problem).max(MOST_PROBLEMS);
