import { formatBytes } from '../../result/quantities.js';
import type { Display, RunResult } from '../../result/run-result.js';
import type { Screen } from '../screen.js';
import type { Pictures } from './pictures.js';

/** What a step gave, after what it printed. */
export function showStep(result: RunResult, screen: Screen, pictures: Pictures): void {
  const { resultRepr, error, status, notes, files } = result;
  for (const display of result.displays) showDisplay(display, resultRepr, screen, pictures);
  if (resultRepr !== null && resultRepr !== 'None') screen.answer(resultRepr);
  // Python has printed its own traceback, which says that a step was interrupted.
  if (error !== null && error.traceback === '') screen.note('error', `${status}: ${error.message}`);
  else if (status === 'timeout')
    screen.note('hint', `the step was interrupted: ${error?.message ?? 'timeoutSeconds'}`);
  if (error !== null && error.suggestion !== null) screen.note('hint', `hint: ${error.suggestion}`);
  for (const note of notes) screen.note('hint', `note: ${note}`);
  for (const { name, reason } of result.truncated.files) screen.note('hint', `not shown: ${name}: ${reason}`);
  if (files.size > 0) {
    const names = [...files.values()].map(({ name, sizeBytes }) => `${name} (${formatBytes(sizeBytes)})`);
    screen.note('hint', `files changed: ${names.join(', ')}`);
  }
  if (result.session === 'ended')
    screen.note('error', 'the session has ended; %reset goes on with an empty one');
}

function showDisplay({ data }: Display, resultRepr: string | null, screen: Screen, pictures: Pictures): void {
  const png = data['image/png'];
  const svg = data['image/svg+xml'];
  if (typeof png === 'string') {
    const bytes = Buffer.from(png, 'base64');
    if (pictures.draw !== null) screen.draw(pictures.draw(bytes));
    screen.note('hint', `picture: ${pictures.save('png', bytes)}`);
  } else if (typeof svg === 'string') {
    screen.note('hint', `picture: ${pictures.save('svg', Buffer.from(svg))}`);
  } else {
    const text = data['text/plain'] ?? data['text/markdown'] ?? data['text/html'] ?? JSON.stringify(data);
    if (text !== resultRepr) screen.answer(String(text));
  }
}
