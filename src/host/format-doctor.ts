import type { DoctorLayer, DoctorReport } from './doctor.js';

/** The report as plain text for a terminal, one layer a line, each missing one with its fix beneath. */
export function formatDoctor(report: DoctorReport): string {
  const requested = report.python.requested === null ? '' : ` (asked for ${report.python.requested})`;
  return [
    `system      ${report.system}`,
    `python      ${report.python.executable} ${report.python.version}${requested}`,
    `isolation   ${report.level}${report.ok ? '' : ': less than the default policy asks for'}`,
    '',
    ...report.layers.flatMap(formatLayer),
  ].join('\n');
}

function formatLayer(layer: DoctorLayer): readonly string[] {
  const name = layer.name.padEnd(11);
  if (layer.held) return [`ok       ${name} ${layer.detail}`];
  const weight = layer.neededFor === 'none' ? 'absent ' : 'MISSING';
  const needed = layer.neededFor === 'none' ? '' : ` (needed for level ${layer.neededFor})`;
  const lines = [`${weight}  ${name} ${layer.detail}${needed}`];
  if (layer.fix !== null) lines.push(`         ${''.padEnd(11)} fix: ${layer.fix}`);
  return lines;
}
