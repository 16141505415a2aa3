import { presets } from '../dist/index.js';

/** Nothing is refused by the language: the kernel holds. */
export function policyOf(python) {
  return { ...presets.agent, isolation: 'full', pythonExecutable: python };
}
