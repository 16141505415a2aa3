import { closeSync, openSync } from 'node:fs';
import { PungiError } from '../errors/pungi-error.js';

/** What a child with four streams takes for a moment: both ends of each, `/dev/null`, and Node's own. */
const NEEDED = 16;

/**
 * Throws `START_FAILED` where there are too few free descriptors to start a process. Node finds that out in the middle
 * of a start, and then emits errors that nobody can catch.
 */
export function requireFreeDescriptors(): void {
  const opened: number[] = [];
  try {
    while (opened.length < NEEDED) opened.push(openSync('/dev/null', 'r'));
  } catch (cause) {
    throw new PungiError('START_FAILED', 'This process has no descriptors left to start another with.', {
      hint: 'Close files and sockets that are not needed, or raise the limit (`ulimit -n`).',
      cause,
    });
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}
