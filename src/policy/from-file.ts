import { extname } from 'node:path';
import { mergeLayers } from './files/merge-layers.js';
import { parseJson } from './files/parse-json.js';
import { parseToml } from './files/parse-toml.js';
import { invalid, layerOfFile, type PolicyLayer } from './files/policy-layer.js';
import { readSmallFile } from './files/read-small-file.js';
import { TextFault } from './files/text-fault.js';
import type { RunnerPolicy } from './schema.js';

interface FileFormat {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

const FORMATS: ReadonlyMap<string, FileFormat> = new Map([
  ['.json', { name: 'JSON', parse: (text) => parseJson(text) }],
  ['.toml', { name: 'TOML', parse: parseToml }],
]);

/**
 * The policy in a `.json` or `.toml` file, checked: its keys at the top or in a table `policy`, and `preset` beside
 * them. The file is data, never executed. Throws `INVALID_POLICY` with line and column.
 *
 * @example
 * const runner = await createRunner({ policy: policyFromFile('policy.toml') });
 */
export function policyFromFile(path: string): RunnerPolicy {
  return mergeLayers([readPolicyFile(path, `Policy file '${path}'`)]).policy;
}

/** The same as a layer; `what` names the file in messages. */
export function readPolicyFile(path: string, what: string): PolicyLayer {
  const format = FORMATS.get(extname(path).toLowerCase());
  if (format === undefined) {
    throw invalid(
      `${what} has a name that ends in neither .json nor .toml.`,
      'Name the file after what is in it: policy.json or policy.toml.',
    );
  }
  return layerOfFile(what, parse(readSmallFile(path, what), format, path, what));
}

function parse(text: string, { name, parse: read }: FileFormat, path: string, what: string): unknown {
  try {
    return read(text);
  } catch (cause) {
    if (!(cause instanceof TextFault)) throw cause;
    const { line, column, message } = cause;
    const hint = `Correct line ${line} of the file.`;
    throw invalid(`${what} is not valid ${name}: ${message}.`, hint, { path, line, column }, cause);
  }
}
