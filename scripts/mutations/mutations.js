import { HARNESS } from './harness.js';
import { PLAN } from './plan.js';

/**
 * Every mutation: the text that is found, exactly once, in each file, what stands in its place, and the tests that are to
 * see it, files of vitest (with `-t` and words of their names) or modules of unittest.
 *
 * @type {readonly { id: string, edits: readonly { file: string, find: string, replace: string }[], tests: readonly string[] }[]}
 */
export const MUTATIONS = [...HARNESS, ...PLAN];
