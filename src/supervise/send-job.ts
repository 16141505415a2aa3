import type { FunctionOrders } from '../functions/function-orders.js';
import type { Job, JobFile, StepOrders } from '../job/job.js';
import { FRAME } from '../protocol/frame-kinds.js';
import type { SupervisorProcess } from '../spawn/start-supervisor.js';
import type { Until } from './lifetime.js';

/** Large contents go in pieces, so that a stop is never behind more than one of them. */
const PIECE_BYTES = 1024 * 1024;

/** Sends one run: its orders, files, stdin and last the job, which starts the clock. */
export async function sendJob(
  supervisor: Pick<SupervisorProcess, 'send' | 'flush'>,
  run: number,
  job: Job,
  until: Until,
): Promise<void> {
  const started = supervisor.send(FRAME.start, run, encode(startText(job)));
  if (job.files.length > 0 || job.stdin !== null) {
    await started;
    await sendFiles(supervisor, run, job.files, until);
    if (job.stdin !== null) await sendPieces(supervisor, FRAME.stdin, run, job.stdin, until);
  }
  if (until.isOver) return;
  const last = supervisor.send(FRAME.job, run, encode(jobText(job)));
  supervisor.flush();
  await last;
}

/** The contents of those that are not read on the host, in the order of the manifest. */
export async function sendFiles(
  supervisor: Pick<SupervisorProcess, 'send'>,
  run: number,
  files: readonly JobFile[],
  until: Until,
): Promise<void> {
  for (const { source } of files) {
    if (source.kind === 'bytes') await sendPieces(supervisor, FRAME.file, run, source.bytes, until);
  }
}

async function sendPieces(
  supervisor: Pick<SupervisorProcess, 'send'>,
  kind: number,
  run: number,
  bytes: Uint8Array,
  until: Until,
): Promise<void> {
  for (let start = 0; start < bytes.length && !until.isOver; start += PIECE_BYTES) {
    await supervisor.send(kind, run, bytes.subarray(start, start + PIECE_BYTES));
  }
}

/** What opens a run. */
export function startText(
  job: Pick<Job, 'timeoutMs' | 'stdin' | 'files'> & {
    readonly step: Omit<StepOrders, 'keepInput'> | null;
    readonly functions?: FunctionOrders | null;
  },
): string {
  const { functions = null } = job;
  return JSON.stringify({
    timeoutMs: job.timeoutMs,
    stdin: job.stdin !== null && job.stdin.length > 0,
    files: job.files.map(manifestEntry),
    ...(job.step === null ? {} : { session: job.step.session, graceMs: job.step.graceMs }),
    ...(functions === null ? {} : { calls: callOrders(functions) }),
  });
}

function manifestEntry({ name, mode, source }: JobFile): object {
  return source.kind === 'bytes'
    ? { name, mode, size: source.bytes.length }
    : { name, mode, size: source.sizeBytes, path: source.path };
}

function callOrders({ most, maxBytes, countHostTime }: FunctionOrders): object {
  return { most, maxBytes, countHostTime };
}

/** Input and functions are spliced in as the text they are already. */
function jobText(job: Job): string {
  const { code, filename, argv, env, entrypoint, purpose, fontList } = job;
  const special = {
    ...(purpose === 'run' ? {} : { purpose }),
    ...(fontList === null ? {} : { fontList }),
    ...(job.exports ? { exports: true } : {}),
    ...(job.step?.keepInput === true ? { keepInput: true } : {}),
  };
  const head = JSON.stringify({ code, filename, argv, env, entrypoint, ...special });
  const functions = job.functions === null ? '' : `,"functions":${job.functions.text}`;
  return `${head.slice(0, -1)}${functions},"input":${job.inputText}}`;
}

function encode(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}
