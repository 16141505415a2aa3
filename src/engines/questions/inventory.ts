import { z } from 'zod';
import { PungiError } from '../../errors/pungi-error.js';
import { buildResult } from '../../result/build-result.js';
import type { Ending } from '../../result/ending.js';

const text = z.string().max(1000);

const inventory = z.strictObject({
  version: text,
  packages: z
    .array(z.strictObject({ name: text, version: text, modules: z.array(text).max(10_000) }))
    .max(2000),
});

/** What an interpreter has, as a worker in its jail sees it. */
export type Inventory = z.infer<typeof inventory>;

export function readInventory(ending: Ending): Inventory {
  const result = buildResult(ending);
  const parsed = inventory.safeParse(result.result);
  if (parsed.success) return parsed.data;
  throw new PungiError(
    'SANDBOX_FAILED',
    `The worker could not tell what Python has: it ended as ${result.status} (${String(result.error)}).`,
  );
}
