import { cleanText } from './clean-text.js';
import { describeDisplay, describeMetadata } from './describe-display.js';
import { formatBytes } from './quantities.js';
import type { Denial, RunError, RunResult, StreamTruncation } from './run-result.js';

const MAX_LISTED = 30;

/** One part of the text for a model: what frames it is always kept, the body may be shortened. */
export interface ModelSection {
  readonly open: string;
  readonly body: string;
  readonly close: string;
}

/** The parts in reading order: how it ended, why, what it gave, what it printed, what it left. */
export function modelSections(result: RunResult): readonly ModelSection[] {
  const { error, resultRepr, stdout, stderr, truncated } = result;
  return [
    { open: `status: ${statusLine(result)}`, body: '', close: '' },
    ...(error === null ? [] : tagged('error', '', describeError(error))),
    ...(resultRepr === null ? [] : tagged('result', '', resultRepr)),
    ...tagged('stdout', omission(truncated.stdout), stdout),
    ...tagged('stderr', omission(truncated.stderr), withoutTraceback(stderr, error)),
    ...listed('displays', result.displays.map(describeDisplay)),
    ...listed('metadata', describeMetadata(result.metadata)),
    ...listed('denials', denialLines(result)),
    ...listed(
      'files',
      [...result.files.values()].map((file) => `${quote(file.name)} (${formatBytes(file.sizeBytes)})`),
    ),
    ...listed(
      'files left out',
      truncated.files.map((file) => `${quote(file.name)}: ${file.reason}`),
    ),
    ...listed('notes', result.notes),
  ];
}

function statusLine({ status, exitCode, signal, resultRepr, stdout, stderr, displays }: RunResult): string {
  if (signal !== null) return `${status} (${signal})`;
  if (exitCode !== null && exitCode !== 0) return `${status} (exit code ${exitCode})`;
  const silent =
    status === 'ok' &&
    resultRepr === null &&
    displays.length === 0 &&
    stdout.trim() === '' &&
    stderr.trim() === '';
  return silent ? 'ok (no output, no result; print something or assign it to result to see it)' : status;
}

function describeError(error: RunError): string {
  const place = error.line === null ? '' : ` (line ${error.line})`;
  // One frame says no more than the excerpt; a chain of calls does.
  const frames = error.traceback.match(/^ *File "/gm)?.length ?? 0;
  const showTraceback = error.traceback !== '' && (error.excerpt === null || frames > 1);
  return [
    showTraceback
      ? error.traceback.trimEnd()
      : `${error}${error.message.includes(`line ${error.line}`) ? '' : place}`,
    ...(error.excerpt === null || showTraceback ? [] : [trimLineEnds(error.excerpt)]),
    ...(error.suggestion === null || error.message.includes(error.suggestion)
      ? []
      : [`Hint: ${error.suggestion}`]),
  ].join('\n');
}

/** Python prints the traceback to stderr as well; the error section has it already. */
function withoutTraceback(stderr: string, error: RunError | null): string {
  const traceback = error?.traceback.trim() ?? '';
  const at = traceback === '' ? -1 : stderr.lastIndexOf(traceback);
  if (at === -1) return stderr;
  return stderr.slice(0, at) + stderr.slice(at + traceback.length).trimStart();
}

function denialLines({ denials, error }: RunResult): readonly string[] {
  return denials.filter(({ message }) => error?.message.includes(message) !== true).map(denialLine);
}

function denialLine({ message, hint }: Denial): string {
  return hint === '' || message.includes(hint) ? message : `${message} ${hint}`;
}

function omission(truncation: StreamTruncation | null): string {
  if (truncation === null) return '';
  return ` omitted="${truncation.omittedBytes} of ${truncation.totalBytes} bytes"`;
}

/** Tags, so that text printed by the program is told apart from what is said about it; a closing tag inside is broken up. */
function tagged(name: string, attribute: string, text: string): readonly ModelSection[] {
  const body = trimLineEnds(cleanText(text)).replaceAll(/<(?=\/(?:error|result|stdout|stderr)>)/g, '<\\');
  if (body === '') return [];
  return [{ open: `<${name}${attribute}>\n`, body, close: `\n</${name}>` }];
}

function listed(name: string, lines: readonly string[]): readonly ModelSection[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, MAX_LISTED).map((line) => `- ${cleanText(line).replaceAll('\n', ' ')}`);
  const more = lines.length > MAX_LISTED ? [`- and ${lines.length - MAX_LISTED} more`] : [];
  return [{ open: `${name}:\n`, body: [...shown, ...more].join('\n'), close: '' }];
}

function quote(name: string): string {
  return /^[\p{L}\p{N}._/ -]+$/u.test(name) ? name : JSON.stringify(name);
}

/** Without blank lines at both ends; the indent of the first line is kept. */
function trimLineEnds(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}
