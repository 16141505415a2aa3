import path from 'node:path';
import { type EndedProcess, runToEnd } from '../spawn/run-to-end.js';
import { type HostAnswer, type ProbeAnswer, type PythonAnswer, readProbeAnswer } from './probe-answer.js';
import type { Surroundings } from './surroundings.js';

/** What a usable interpreter answered, or why it cannot be used. */
export type Asked =
  | { readonly python: PythonAnswer; readonly host: HostAnswer; readonly harness: Uint8Array }
  | { readonly refusal: string };

const MAX_BYTES = 8 * 1024 * 1024;
const VERSION_PROGRAM = 'import sys; sys.stdout.write("version=%d.%d.%d;" % sys.version_info[:3])';

/** Starts `file` once with the probe. */
export async function askPython(
  file: string,
  harnessDirectory: string,
  temporaryDirectory: string,
  surroundings: Surroundings,
): Promise<Asked> {
  const probe = path.join(harnessDirectory, 'pungi_harness', 'probe.py');
  const ended = await start(
    file,
    ['-I', '-X', 'utf8', probe, temporaryDirectory, surroundings.cacheDirectory ?? ''],
    surroundings,
  );
  const answer = readProbeAnswer(ended.stdout);
  if (answer !== null) return judge(answer);
  if (ended.timedOut || ended.tooMuch || ended.spawnError !== null)
    return { refusal: startRefusal(ended, surroundings) };
  // A Python before 3.7 cannot even parse the probe; its version is the reason that helps.
  const old = await start(file, ['-c', VERSION_PROGRAM], surroundings);
  const version = /version=(\d+)\.(\d+)\.(\d+);/.exec(old.stdout);
  const parts = version?.slice(1).map(Number);
  if (parts !== undefined && isTooOld(parts)) return { refusal: tooOld(parts) };
  return { refusal: startRefusal(ended, surroundings) };
}

function judge({ python, host, harness }: ProbeAnswer): Asked {
  if (python.implementation !== 'cpython') {
    return { refusal: `not CPython but ${python.implementation} ${python.version.join('.')}` };
  }
  if (isTooOld(python.version)) return { refusal: tooOld(python.version) };
  if (python.missingModules.length > 0) {
    return { refusal: `built without the modules ${python.missingModules.join(', ')}` };
  }
  if (host === null || harness === null) return { refusal: 'its probe says nothing of the machine' };
  return { python, host, harness: Buffer.from(harness, 'base64') };
}

function isTooOld(version: readonly number[]): boolean {
  const [major = 0, minor = 0] = version;
  return major < 3 || (major === 3 && minor < 9);
}

function tooOld(version: readonly number[]): string {
  return `too old: Python ${version.join('.')}, 3.9 or later is needed`;
}

function start(file: string, args: readonly string[], surroundings: Surroundings): Promise<EndedProcess> {
  return runToEnd(file, args, {
    env: probeEnvironment(surroundings.env),
    timeoutMs: surroundings.startTimeoutMs,
    maxBytes: MAX_BYTES,
  });
}

/**
 * A shim needs PATH, HOME and its own variables. `LD_*` and `PYTHON*` are left out because the supervisor starts
 * without them too: an interpreter that needs them is refused now, not at its first run.
 */
function probeEnvironment(env: Surroundings['env']): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !/^(LD_|DYLD_|PYTHON)/.test(name)) kept[name] = value;
  }
  return kept;
}

function startRefusal(ended: EndedProcess, surroundings: Surroundings): string {
  if (ended.spawnError !== null) {
    return `does not start: ${ended.spawnError.code ?? ended.spawnError.message}`;
  }
  if (ended.timedOut) return `hangs: no answer within ${surroundings.startTimeoutMs / 1000} s`;
  if (ended.tooMuch) return `prints more than ${MAX_BYTES >> 20} MiB at start-up`;
  const complaint = tellingLine(ended.stderr);
  if (ended.signal !== null) return `does not start: killed by ${ended.signal}${complaint}`;
  if (ended.exitCode !== 0) return `does not start: exit code ${ended.exitCode}${complaint}`;
  return `starts but does not answer the probe${tellingLine(ended.stdout) || complaint}`;
}

/** Of what Python says at a fatal error the line that names it, of a traceback the last, else the first. */
function tellingLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const line =
    lines.find((candidate) => candidate.startsWith('Fatal Python error: ')) ??
    lines.at(lines[0]?.startsWith('Traceback ') === true ? -1 : 0);
  return line === undefined ? '' : `: ${line.trim().slice(0, 200)}`;
}
