import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly startedMs: number;
  readonly command: string;
  readonly environment: string;
  readonly root: string;
}

/** `USER_HZ`, which the kernel fixes at 100 for everything it shows in /proc. */
const TICKS_PER_SECOND = 100;
/** `btime` is whole seconds. */
const BOOT_CLOCK_ERROR_MS = 1000;

/**
 * Processes that this suite started and left: started after it, not the test runner's own, without another
 * living owner, and bearing a mark of pungi (harness on the command line, the suite's temporary directory or
 * a worker's home in the environment, a private root). Another suite on the same machine is not ours.
 */
export function findProcesses(sinceMs: number, temporaryDirectory: string): string[] {
  const all = new Map(listProcesses().map((facts) => [facts.pid, facts]));
  return [...all.values()]
    .filter((facts) => facts.startedMs > sinceMs - BOOT_CLOCK_ERROR_MS && isMarked(facts, temporaryDirectory))
    .filter((facts) => !isRunnerItself(facts) && hasNoOtherOwner(facts, all))
    .map((facts) => `process ${facts.pid} (parent ${facts.parent}): ${facts.command}`);
}

function isMarked(facts: ProcessFacts, temporaryDirectory: string): boolean {
  return (
    facts.command.includes('pungi_harness') ||
    facts.environment.includes(temporaryDirectory) ||
    facts.environment.includes('HOME=/sandbox/') ||
    facts.root !== '/'
  );
}

function isRunnerItself(facts: ProcessFacts): boolean {
  return facts.parent === process.pid && /\bvitest\b|\besbuild\b/.test(facts.command);
}

/** Climbs to the nearest living Node: ours or none means that the process is ours. */
function hasNoOtherOwner(facts: ProcessFacts, all: ReadonlyMap<number, ProcessFacts>): boolean {
  let above = all.get(facts.parent);
  while (above !== undefined && above.pid !== process.pid) {
    if (/\bnode\b/.test(above.command)) return isRunnerItself(above);
    above = all.get(above.parent);
  }
  return true;
}

function listProcesses(): ProcessFacts[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
}

function readProcess(pid: number): ProcessFacts[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the process, in parentheses, may hold anything: fields are counted after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return [
      {
        pid,
        parent: Number(fields[1]),
        startedMs: bootedMs() + (Number(fields[19]) / TICKS_PER_SECOND) * 1000,
        command: command === '' ? stat.slice(stat.indexOf('('), stat.lastIndexOf(')') + 1) : command,
        environment: readOrEmpty(() => readFileSync(`/proc/${pid}/environ`, 'utf8')),
        root: readOrEmpty(() => readlinkSync(`/proc/${pid}/root`)) || '/',
      },
    ];
  } catch {
    return [];
  }
}

/** Another user's process shows its command line but neither its environment nor its root. */
function readOrEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

function bootedMs(): number {
  const seconds = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1];
  return Number(seconds) * 1000;
}
