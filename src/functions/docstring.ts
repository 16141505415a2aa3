import type { FunctionFacts } from './host-function.js';

/** The description, and a line for each parameter that has one. */
export function docstringOf({ description, parameters }: FunctionFacts): string {
  const lines = parameters
    .filter((parameter) => parameter.description.trim() !== '')
    .map((parameter) => `${parameter.name}: ${parameter.description.trim()}`);
  return [description, lines.join('\n')].filter((part) => part !== '').join('\n\n');
}
