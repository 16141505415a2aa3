// Theory of operation. matplotlib reads all fonts of the machine unless it finds a list of them in its own directory,
// which is empty in each run: a tenth of a second each time. The list is made once for an interpreter and its fonts,
// by code of ours in a jailed run of its own, kept in the cache directory, and sent along with code that speaks of
// plotting. The worker puts it where matplotlib looks. Without a cache directory, or when the list cannot be made,
// runs go on as they would without it. A run that is aborted does not wait for the list; who comes later has it.
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostFacts } from '../host/host-facts.js';
import { checkCallbacks } from '../job/check-callbacks.js';
import type { Job } from '../job/job.js';
import { prepareJob } from '../job/prepare-job.js';
import { buildPlan } from '../plan/build-plan.js';
import type { PathBase } from '../plan/paths.js';
import type { IsolationLevel } from '../policy/isolation-level.js';
import { resolvePolicy } from '../policy/resolve-policy.js';
import { aborted } from '../supervise/aborted.js';
import { createLifetime } from '../supervise/lifetime.js';
import { oneshotEngine } from './oneshot/oneshot-engine.js';

const FONT_DIRECTORIES = ['/usr/share/fonts', '/usr/local/share/fonts'];
const SPEAKS_OF_PLOTS = /matplotlib|pylab|seaborn|plotnine|\.plot\b|\.hist\(/;
const MOST_BYTES = 4 * 1024 * 1024;
const MAKE = `
import matplotlib.font_manager
from pungi_harness.display import font_list
result = font_list.read()
`;

/** Lists by file name; a list that could not be made is not tried again by this process. */
const known = new Map<string, Promise<string | null>>();

export function needsFontList({ code, purpose }: Job): boolean {
  return purpose === 'run' && SPEAKS_OF_PLOTS.test(code);
}

/** The job with the list of fonts in it, where there is one, and `signal` is not aborted meanwhile. */
export async function withFontList(
  job: Job,
  facts: HostFacts,
  base: PathBase,
  level: IsolationLevel,
  signal: AbortSignal | null,
): Promise<Job> {
  const place = await placeOf(facts);
  if (place === null) return job;
  const list = known.get(place) ?? readOrMake(place, facts, base, level);
  known.set(place, list);
  const losers = createLifetime();
  try {
    return { ...job, fontList: await Promise.race([list, aborted(signal, losers).then(() => null)]) };
  } finally {
    losers.end();
  }
}

/** Named by what the list depends on; `null` without matplotlib or a directory to keep it in. */
async function placeOf({ python, harness }: HostFacts): Promise<string | null> {
  if (harness.cacheDirectory === null) return null;
  const found = await Promise.all(python.sysPath.map((path) => changedAt(join(path, 'matplotlib'))));
  const at = found.findIndex((changed) => changed !== null);
  if (at === -1) return null;
  const fonts = await Promise.all(FONT_DIRECTORIES.map(fontsChangedAt));
  const about = JSON.stringify([python.executable, python.sysPath[at], found[at], fonts]);
  const digest = createHash('sha256').update(about).digest('hex').slice(0, 32);
  return join(harness.cacheDirectory, `fonts-${digest}.txt`);
}

function changedAt(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}

/** Of the directory and those directly in it, where packages put their own. */
async function fontsChangedAt(path: string): Promise<readonly (number | null)[]> {
  const inner = await readdir(path).catch(() => []);
  return Promise.all([path, ...inner.sort().map((name) => join(path, name))].map(changedAt));
}

async function readOrMake(
  place: string,
  facts: HostFacts,
  base: PathBase,
  level: IsolationLevel,
): Promise<string | null> {
  const kept = await readKept(place).catch(() => null);
  if (kept !== null) return kept;
  const list = await make(facts, base, level).catch(() => null);
  if (list !== null) await keep(place, list);
  return list;
}

/** Only a file of a size that a list may have: whatever else is there is replaced. */
async function readKept(place: string): Promise<string | null> {
  const handle = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > MOST_BYTES) return null;
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(found.size) });
    return bytesRead === found.size ? buffer.toString('utf8') : null;
  } finally {
    await handle.close();
  }
}

async function make(facts: HostFacts, base: PathBase, level: IsolationLevel): Promise<string | null> {
  const policy = resolvePolicy({
    blockedImports: [],
    timeoutSeconds: 60,
    memoryLimitMb: 1024,
    maxResultKb: MOST_BYTES / 1024,
    isolation: { exactly: level },
  });
  const { outcome } = await oneshotEngine.run({
    plan: buildPlan(policy, facts, [], base),
    harness: facts.harness.bundle,
    job: prepareJob(MAKE, undefined, undefined, policy),
    callbacks: checkCallbacks(undefined),
    askedAt: performance.now(),
    emit: () => undefined,
  });
  if (outcome === null || 'invalid' in outcome || typeof outcome.result !== 'string') return null;
  return outcome.result;
}

async function keep(place: string, list: string): Promise<void> {
  const temporary = `${place}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(temporary, list, { flag: 'wx', mode: 0o600 });
    await rename(temporary, place);
  } catch {
    // A full or read-only cache: the next program makes the list again.
  }
}
