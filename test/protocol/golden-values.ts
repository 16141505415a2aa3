import { readFileSync } from 'node:fs';
import { z } from 'zod';

const golden = z.strictObject({
  fromPython: z.array(
    z.strictObject({
      row: z.string(),
      python: z.string(),
      wire: z.string(),
      javascript: z.string(),
      needs: z.string().optional(),
    }),
  ),
  noted: z.array(
    z.strictObject({
      name: z.string(),
      python: z.string(),
      wire: z.string().nullable(),
      notes: z.array(z.string()),
      needs: z.string().optional(),
    }),
  ),
  fromJavaScript: z.array(
    z.strictObject({ row: z.string(), javascript: z.string(), wire: z.string(), python: z.string() }),
  ),
  refused: z.array(z.strictObject({ name: z.string(), javascript: z.string(), message: z.string() })),
});

/** The rows that the Python tests read too. */
export function readGoldenValues(): z.infer<typeof golden> {
  return golden.parse(JSON.parse(readFileSync(new URL('./golden-values.json', import.meta.url), 'utf8')));
}

/** The value of a JavaScript expression of a golden row. */
export function build(expression: string): unknown {
  return new Function(`return (${expression});`)();
}
