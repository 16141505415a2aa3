import { invalid } from './policy-layer.js';
import { readPolicyText } from './policy-text.js';

/** Variables of secure-python-sandbox, from which users move here. */
export const SEED_PREFIX = 'SANDBOX_';

const BYTES_PER_KB = 1024;
const MODES = ['secure', 'simple'];

const READERS: ReadonlyMap<string, (text: string) => Readonly<Record<string, unknown>>> = new Map([
  ['SANDBOX_MODE', readMode],
  ['SANDBOX_TIMEOUT', (text) => ({ timeoutSeconds: readPolicyText('timeoutSeconds', text) })],
  ['SANDBOX_ALLOW_NETWORK', (text) => ({ allowNetwork: readPolicyText('allowNetwork', text) })],
  ['SANDBOX_MAX_MEMORY_MB', (text) => ({ memoryLimitMb: readPolicyText('memoryLimitMb', text) })],
  ['SANDBOX_MAX_OUTPUT_SIZE', readOutputSize],
  ['SANDBOX_MAX_CPU_TIME', (text) => ({ cpuSeconds: readPolicyText('cpuSeconds', text) })],
]);

export const seedVariables: ReadonlySet<string> = new Set(READERS.keys());

/** What a variable of the seed says in the words of a policy. */
export function seedValue(name: string, text: string): Readonly<Record<string, unknown>> {
  return READERS.get(name)?.(text) ?? {};
}

/** Both modes of the seed are one here: its weaker one is not to be had, and none may weaken what is set elsewhere. */
function readMode(text: string): Readonly<Record<string, unknown>> {
  if (MODES.includes(text)) return {};
  throw invalid(`SANDBOX_MODE is '${text}'; allowed: 'secure' or 'simple'.`, 'Use PUNGI_ISOLATION instead.');
}

/** Bytes there, whole kilobytes here. */
function readOutputSize(text: string): Readonly<Record<string, unknown>> {
  const size = readPolicyText('maxOutputKb', text);
  return { maxOutputKb: typeof size === 'number' ? Math.ceil(size / BYTES_PER_KB) : size };
}
