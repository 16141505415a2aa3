import { z } from 'zod';
import { PungiError } from '../errors/pungi-error.js';
import { badOption } from '../job/run-options.js';
import { isPythonName } from '../policy/python-names.js';
import type { SessionVariable } from './session.js';

const MOST_VARIABLES = 1000;

const variables = z
  .array(
    z.strictObject({
      name: z.string(),
      type: z.string(),
      repr: z.string(),
      sizeBytes: z.int().nonnegative().nullable(),
    }),
  )
  .max(MOST_VARIABLES);

/** The claim of a worker that runs hostile code, by its schema. */
export function readVariables(result: unknown): readonly SessionVariable[] {
  const read = variables.safeParse(result);
  if (read.success) return read.data.map((variable) => Object.freeze(variable));
  throw new PungiError('SANDBOX_FAILED', 'The session gave no usable list of its variables.', {
    hint: 'Its code may have broken the interpreter: call `session.reset()`.',
  });
}

export function checkVariableName(name: unknown): string {
  if (typeof name === 'string' && isPythonName(name)) return name;
  throw badOption('name', name, 'a Python name such as `x`');
}
