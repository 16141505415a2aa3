import { type DoctorReport, doctor, type LevelProof } from '../doctor.js';
import { formatDoctor } from '../host/format-doctor.js';
import { EXIT_CODES } from './exit-codes.js';
import type { Screen, Style, Styles } from './screen.js';

export interface DoctorFlags {
  readonly json?: boolean;
  readonly python?: string;
}

/** `pungi doctor`: what this machine offers, proved. Gives the exit code. */
export async function doctorCommand(flags: DoctorFlags, screen: Screen): Promise<number> {
  const report = await doctor(flags.python === undefined ? {} : { pythonExecutable: flags.python });
  if (flags.json === true) screen.answer(JSON.stringify(report));
  else screen.answer(formatReport(report, screen.styles.stdout));
  return report.ok ? EXIT_CODES.ok.code : EXIT_CODES.sandbox.code;
}

function formatReport(report: DoctorReport, style: Styles): string {
  // The facts alone say which level is to be expected; whether it holds is the proofs' to say.
  const facts = formatDoctor({ ...report, ok: report.level !== 'process' })
    .split('\n')
    .map((line) => paint(line, style));
  const proofs = report.levels.flatMap((proof) => formatProof(proof, style));
  return [...facts, '', ...proofs, '', verdict(report, style)].join('\n');
}

const COLOURS: Readonly<Record<string, Style>> = { ok: 'green', MISSING: 'red', absent: 'yellow' };

function paint(line: string, style: Styles): string {
  const word = /^\w+/.exec(line)?.[0] ?? '';
  const colour = COLOURS[word];
  return colour === undefined ? line : style(colour, word) + line.slice(word.length);
}

const MARKS = {
  proved: ['proved', 'green'],
  unavailable: ['no', 'yellow'],
  failed: ['FAILED', 'red'],
} as const;

function formatProof(proof: LevelProof, style: Styles): readonly string[] {
  const [word, colour] = MARKS[proof.state];
  const head = `${style(colour, word.padEnd(9))}level ${proof.level.padEnd(8)} ${proof.detail}`;
  return proof.fix === null ? [head] : [head, `${' '.repeat(23)} fix: ${proof.fix}`];
}

function verdict({ ok, levels }: DoctorReport, style: Styles): string {
  const best = levels.find((proof) => proof.state === 'proved');
  if (best !== undefined && ok) return style('bold', `Runs are held at level ${best.level}.`);
  return style(
    'bold',
    "No run of the default policy is possible here: it asks for level 'kernel' or better.",
  );
}
