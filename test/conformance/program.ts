import { expect } from 'vitest';
import type { RunnerPolicy, RunOptions, RunResult, RunStatus } from '../../src/index.js';
import type { IsolationLevel } from '../../src/policy/isolation-level.js';
import type { Subject } from './subject.js';
import { testRows } from './test-rows.js';

/** One real program and everything about its result that the row is there for. */
export interface Program {
  readonly name: string;
  readonly code: string;
  readonly input?: unknown;
  readonly policy?: RunnerPolicy;
  readonly options?: RunOptions;
  readonly expected: Expected;
  /** Instead of `expected`, at a level whose layers show. */
  readonly expectedAt?: Readonly<Partial<Record<IsolationLevel, Expected>>>;
}

/** Facts of a result by name; only those that a row names are compared, the status always. */
export interface Expected {
  readonly status?: RunStatus;
  readonly result?: unknown;
  readonly resultRepr?: string | null;
  readonly notes?: readonly string[];
  readonly stdout?: string;
  readonly stderr?: string;
  /** `Type: message`, or `null`. */
  readonly error?: unknown;
  readonly traceback?: string;
  readonly line?: number | null;
  readonly column?: number | null;
  readonly excerpt?: string | null;
  readonly suggestion?: string | null;
  readonly exitCode?: number | null;
  readonly signal?: string | null;
  /** Text of the files out, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Names of the files left out, with the reason. */
  readonly leftOut?: Readonly<Record<string, string>>;
  readonly denials?: readonly string[];
  readonly truncated?: unknown;
}

export function testPrograms(programs: readonly Program[], subject: Subject): void {
  testRows(
    programs.map((program) => ({
      title: program.name,
      policy: program.policy,
      check: () => checkProgram(program, subject),
    })),
    subject,
  );
}

export async function checkProgram(program: Program, { run, level }: Subject): Promise<RunResult> {
  const result = await run(program.code, program.input, program.policy, program.options);
  const expected = {
    status: 'ok',
    ...(program.expectedAt?.[level] ?? program.expected),
  };
  const seen = Object.fromEntries(Object.keys(expected).map((name) => [name, factOf(result, name)]));
  expect(seen, explain(result)).toEqual(expected);
  return result;
}

function factOf(result: RunResult, name: string): unknown {
  const { error } = result;
  switch (name) {
    case 'error':
      return error === null ? null : String(error);
    case 'traceback':
    case 'line':
    case 'column':
    case 'excerpt':
    case 'suggestion':
      return error === null ? null : error[name];
    case 'files':
      return Object.fromEntries(
        [...result.files].map(([file, { bytes }]) => [file, Buffer.from(bytes ?? []).toString('utf8')]),
      );
    case 'leftOut':
      return Object.fromEntries(result.truncated.files.map((file) => [file.name, file.reason]));
    case 'denials':
      return result.denials.map((denial) => denial.message);
    default:
      return Reflect.get(result, name);
  }
}

/** What a person wants to see beside a status that was not expected. */
function explain({ status, error, stderr }: RunResult): string {
  return `${status}: ${String(error)}\n${stderr.slice(-2000)}`;
}
