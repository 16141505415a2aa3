import { z } from 'zod';
import { chartMessage } from './chart-message.js';

/**
 * Theory of operation. Displays and events are written by a process that runs hostile code and forwarded unread by the
 * supervisor. Each is checked alone; one that does not fit is left out with a note, and changes nothing about the run.
 */
const MAX_TYPES = 16;
const MAX_ENTRIES = 1000;

const mime = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+\/[a-z0-9][a-z0-9.+_-]*$/i);
const json = z.record(z.string().max(200), z.unknown());

export const displayMessage = z.strictObject({
  data: z.record(mime, z.unknown()).refine((data) => {
    const forms = Object.entries(data);
    return forms.length > 0 && forms.length <= MAX_TYPES && forms.every(isForm);
  }, 'a form is text, or JSON where its type says so'),
  metadata: json,
  chart: chartMessage.nullable(),
});

function isForm([type, form]: readonly [string, unknown]): boolean {
  return type.endsWith('json') || typeof form === 'string';
}

const key = z.string().max(200);

export const eventMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    fraction: z.number().min(0).max(1).nullable(),
    text: z.string().max(500).nullable(),
  }),
  z.strictObject({ type: z.literal('metadata-entry'), key, value: z.unknown() }),
  z.strictObject({
    type: z.literal('metadata'),
    entries: z.array(z.tuple([key, z.unknown()])).max(MAX_ENTRIES),
  }),
]);
