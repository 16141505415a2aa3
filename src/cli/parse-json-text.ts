import { parseJson } from '../policy/files/parse-json.js';
import { TextFault } from '../policy/files/text-fault.js';
import { UsageError } from './usage-error.js';

/** JSON from a person's hands, as data for a program: of equal keys the last one counts, as in `JSON.parse`. */
export function parseJsonText(text: string, source: string): unknown {
  try {
    return parseJson(text, 'last-wins');
  } catch (cause) {
    if (!(cause instanceof TextFault)) throw cause;
    throw new UsageError(`${source} is not valid JSON: ${cause.message}.`, null, cause);
  }
}
