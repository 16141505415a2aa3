import { mergeLayers } from './files/merge-layers.js';
import { parseDotEnv } from './files/parse-dot-env.js';
import { invalid, type PolicyLayer } from './files/policy-layer.js';
import { readSmallFile } from './files/read-small-file.js';
import { TextFault } from './files/text-fault.js';
import { ENV_PREFIX, readEnvLayers } from './from-env.js';
import type { RunnerPolicy } from './schema.js';

/**
 * The policy that the variables of a `.env` file give, read as `policyFromEnv` reads the environment, which is not
 * touched. Nothing in the file is executed or filled in. Default prefix: `PUNGI_`.
 *
 * @example
 * const runner = await createRunner({ policy: policyFromDotEnv('.env') });
 */
export function policyFromDotEnv(path: string, prefix: string = ENV_PREFIX): RunnerPolicy {
  return mergeLayers(readDotEnvLayers(path, prefix, `The file '${path}'`)).policy;
}

/** The same as one layer for each variable; `what` names the file in messages. */
export function readDotEnvLayers(path: string, prefix: string, what: string): readonly PolicyLayer[] {
  const text = readSmallFile(path, what);
  try {
    return readEnvLayers(parseDotEnv(text), prefix, ` in '${path}'`);
  } catch (cause) {
    if (!(cause instanceof TextFault)) throw cause;
    const { line, column, message } = cause;
    throw invalid(
      `${what} cannot be read: ${message}.`,
      `Correct line ${line} of the file.`,
      { path, line, column },
      cause,
    );
  }
}
