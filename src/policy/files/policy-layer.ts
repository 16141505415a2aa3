import { PungiError } from '../../errors/pungi-error.js';
import { nearest } from '../nearest.js';
import { readPlainObject } from '../plain-object.js';
import { type PresetName, presets } from '../presets.js';
import { resolvePolicy } from '../resolve-policy.js';
import { showValue } from '../show-value.js';

/** A part of a policy, from one place; several of them are put together by `mergeLayers`. */
export interface PolicyLayer {
  /** The place as messages name it: `--timeout`, `PUNGI_MODE`, `Policy file 'policy.toml'`. */
  readonly source: string;
  readonly preset: PresetName | null;
  /** Checked alone, as it was given. */
  readonly policy: Readonly<Record<string, unknown>>;
}

const PRESET_NAMES = Object.keys(presets);

/**
 * A layer from the data of a file: policy keys, at the top or in a table `policy`, beside `preset`. `$schema` is for
 * editors.
 */
export function layerOfFile(source: string, data: unknown): PolicyLayer {
  const read = readPlainObject(data);
  // `resolvePolicy` has the words for what is no object.
  if (!read.ok) return layerOf(source, data);
  const { preset, $schema: _, ...rest } = Object.fromEntries(read.entries);
  const isNested = Object.hasOwn(rest, 'policy');
  if (isNested && Object.keys(rest).length > 1) {
    const beside = Object.keys(rest).find((key) => key !== 'policy');
    throw invalid(
      `${source}: The key \`${beside}\` stands beside the table \`policy\`; allowed: all keys in it, or none.`,
      'Move the key into the table.',
    );
  }
  const layer = layerOf(source, isNested ? rest['policy'] : rest);
  return preset === undefined ? layer : { ...layer, preset: readPresetName(source, preset) };
}

/** A layer of policy keys alone. Throws `INVALID_POLICY`, the source named. */
export function layerOf(source: string, policy: unknown): PolicyLayer {
  checkPart(source, policy);
  const read = readPlainObject(policy);
  return { source, preset: null, policy: read.ok ? Object.fromEntries(read.entries) : {} };
}

export function readPresetName(source: string, name: unknown): PresetName {
  if (isPresetName(name)) return name;
  const meant = typeof name === 'string' ? nearest(name, PRESET_NAMES) : null;
  const allowed = PRESET_NAMES.map((known) => `'${known}'`).join(', ');
  throw invalid(
    `${source}: The preset is ${showValue(name)}; allowed: ${allowed}.`,
    meant === null ? `Use one of ${allowed}.` : `Did you mean '${meant}'?`,
  );
}

function isPresetName(name: unknown): name is PresetName {
  return typeof name === 'string' && Object.hasOwn(presets, name);
}

function checkPart(source: string, policy: unknown): void {
  try {
    resolvePolicy(policy);
  } catch (error) {
    throw error instanceof PungiError ? relabelled(source, error) : error;
  }
}

/** The same error, its message led by the place that it came from. */
export function relabelled(source: string, error: PungiError): PungiError {
  const { code, message, details, hint } = error;
  return new PungiError(code, `${source}: ${message}`, {
    details: { ...details, source },
    hint,
    cause: error,
  });
}

export function invalid(
  message: string,
  hint: string,
  details: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): PungiError {
  return new PungiError('INVALID_POLICY', message, { details, hint, cause });
}
