import { describe, expect, test } from 'vitest';
import type { Validation, ValidationProblem } from '../../src/engines/questions/validation.js';
import {
  isUnharmed,
  isYoung,
  MOST_AGE_MS,
  MOST_GROWTH_KB,
  MOST_QUESTIONS,
} from '../../src/reading/is-fit.js';
import type { Ending } from '../../src/result/ending.js';
import { sampleEnd, sampleEnding, stream } from '../result/sample-ending.js';

test.each([
  ['new', 0, 0, true],
  ['asked often', MOST_QUESTIONS - 1, 0, true],
  ['asked too often', MOST_QUESTIONS, 0, false],
  ['old', 0, MOST_AGE_MS, false],
])('a reader that is %s', (_title, asked, now, young) => {
  expect(isYoung({ bornAt: 0, asked }, now)).toBe(young);
});

const LEANEST_KB = 10_000;

function problem(kind: ValidationProblem['kind'], type: string): Validation {
  const nothing = { action: null, target: null, line: null, column: null, excerpt: null, suggestion: null };
  return { ok: false, problems: [{ kind, type, message: '', ...nothing }] };
}

const FINE: Validation = { ok: true, problems: [] };

describe('a reader after a question', () => {
  test.each<[string, Partial<Ending>, number, Validation, boolean]>([
    ['that found nothing', {}, 0, FINE, true],
    ['that found a refusal', {}, 0, problem('policy', 'ImportBlockedError'), true],
    ['that found an error', {}, 0, problem('syntax', 'IndentationError'), true],
    ['that met a limit of Python', {}, 0, problem('syntax', 'RecursionError'), false],
    ['that ran out of memory', {}, 0, problem('syntax', 'MemoryError'), false],
    ['that took some memory', {}, MOST_GROWTH_KB, FINE, true],
    ['that took more', {}, MOST_GROWTH_KB + 1, FINE, false],
    ['that took too long', { stop: 'timeout' }, 0, FINE, false],
    ['that it did not outlive', { session: 'ended' }, 0, FINE, false],
    ['whose end nobody saw', { end: null }, 0, FINE, false],
    ['in which it wrote', { streams: streams('x') }, 0, FINE, false],
  ])('%s', (_title, changes, growthKb, validation, unharmed) => {
    const end = sampleEnd({ peakMemoryKb: LEANEST_KB + growthKb });
    const ending = sampleEnding({ stop: 'outcome', session: 'alive', streams: streams(''), end, ...changes });
    expect(isUnharmed(ending, validation, LEANEST_KB)).toBe(unharmed);
  });
});

function streams(errors: string): Ending['streams'] {
  return { stdout: stream(''), stderr: stream(errors) };
}
