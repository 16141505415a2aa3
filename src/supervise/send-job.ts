import type { Job, JobFile } from '../job/job.js';
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
  const send = async (kind: number, bytes: Uint8Array): Promise<void> => {
    for (let start = 0; start < bytes.length && !until.isOver; start += PIECE_BYTES) {
      await supervisor.send(kind, run, bytes.subarray(start, start + PIECE_BYTES));
    }
  };
  const started = supervisor.send(FRAME.start, run, encode(startText(job)));
  if (job.files.length > 0 || job.stdin !== null) {
    await started;
    for (const file of job.files) {
      if (file.source.kind === 'bytes') await send(FRAME.file, file.source.bytes);
    }
    if (job.stdin !== null) await send(FRAME.stdin, job.stdin);
  }
  if (until.isOver) return;
  const last = supervisor.send(FRAME.job, run, encode(jobText(job)));
  supervisor.flush();
  await last;
}

function startText(job: Job): string {
  return JSON.stringify({
    timeoutMs: job.timeoutMs,
    stdin: job.stdin !== null && job.stdin.length > 0,
    files: job.files.map(manifestEntry),
  });
}

function manifestEntry({ name, mode, source }: JobFile): object {
  return source.kind === 'bytes'
    ? { name, mode, size: source.bytes.length }
    : { name, mode, size: source.sizeBytes, path: source.path };
}

/** The input is spliced in as the text it is already. */
function jobText(job: Job): string {
  const { code, filename, argv, env, entrypoint, stream, purpose, fontList } = job;
  const special = { ...(purpose === 'run' ? {} : { purpose }), ...(fontList === null ? {} : { fontList }) };
  const head = JSON.stringify({ code, filename, argv, env, entrypoint, stream, ...special });
  return `${head.slice(0, -1)},"input":${job.inputText}}`;
}

function encode(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}
