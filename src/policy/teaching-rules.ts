import type { AllowedModule } from './safe-modules.js';

/** What exercises of a first course import: modules whose effects are all on the screen. */
export const TEACHING_MODULES: readonly AllowedModule[] = [
  { name: '__future__', reason: 'language switches' },
  { name: 'abc', reason: 'abstract classes' },
  { name: 'bisect', reason: 'search in sorted lists' },
  { name: 'calendar', reason: 'calendars and weekdays' },
  { name: 'cmath', reason: 'complex mathematics' },
  { name: 'collections', reason: 'containers' },
  { name: 'copy', reason: 'copies of values' },
  { name: 'dataclasses', reason: 'records' },
  { name: 'datetime', reason: 'dates and times' },
  { name: 'decimal', reason: 'decimal arithmetic' },
  { name: 'enum', reason: 'named constants' },
  { name: 'fractions', reason: 'exact fractions' },
  { name: 'functools', reason: 'functions of functions' },
  { name: 'heapq', reason: 'priority queues' },
  { name: 'itertools', reason: 'iteration' },
  { name: 'json', reason: 'data as text' },
  { name: 'math', reason: 'mathematics' },
  { name: 'operator', reason: 'operators as functions' },
  { name: 'random', reason: 'pseudo-random numbers' },
  { name: 're', reason: 'regular expressions' },
  { name: 'statistics', reason: 'means and deviations' },
  { name: 'string', reason: 'constants and templates of text' },
  { name: 'textwrap', reason: 'wraps text' },
  { name: 'time', reason: 'the clock, and waiting for it' },
  { name: 'typing', reason: 'type hints' },
];

/** One builtin that a first course does without. */
export interface BlockedBuiltin {
  readonly name: string;
  readonly reason: string;
}

export const TEACHING_BUILTINS: readonly BlockedBuiltin[] = [
  { name: 'eval', reason: 'runs text as code' },
  { name: 'exec', reason: 'runs text as code' },
  { name: 'compile', reason: 'makes code of text' },
  { name: '__import__', reason: 'an import that is no statement' },
  { name: 'open', reason: 'reads and writes files' },
  { name: 'input', reason: 'waits for a person; hand data in as `input_data`' },
  { name: 'breakpoint', reason: 'starts a debugger' },
  { name: 'help', reason: 'a pager for a person' },
  { name: 'globals', reason: 'variables by way of a dictionary' },
  { name: 'locals', reason: 'variables by way of a dictionary' },
  { name: 'vars', reason: 'attributes by way of a dictionary' },
  { name: 'exit', reason: 'ends the program in its middle' },
  { name: 'quit', reason: 'ends the program in its middle' },
];
