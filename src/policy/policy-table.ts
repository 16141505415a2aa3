import { fieldDoc, isPolicyKey, POLICY_KEYS, policySchema } from './schema.js';

/** One row of the table of policy keys in the docs. */
export interface PolicyRow {
  readonly key: string;
  readonly defaultText: string;
  readonly allowed: string;
  readonly description: string;
}

/** Every policy key as the schema has it, so that the docs have no second source. */
export function describePolicy(): readonly PolicyRow[] {
  return POLICY_KEYS.filter(isPolicyKey).map((key) => {
    const { description, allowed, defaultWords } = fieldDoc(key);
    const byDefault: unknown = policySchema.shape[key].parse(undefined);
    return { key, description, allowed, defaultText: defaultWords ?? `\`${JSON.stringify(byDefault)}\`` };
  });
}
