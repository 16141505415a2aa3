import { z } from 'zod';
import { presets } from './presets.js';
import { fieldDoc, isPolicyKey, POLICY_KEYS, policySchema } from './schema.js';

/** The JSON Schema of a policy file, for editors. Rules that it cannot say are in the descriptions, and checked on reading. */
export function policyJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, properties = {} } = z.toJSONSchema(policySchema, { io: 'input', unrepresentable: 'any' });
  const keys = POLICY_KEYS.filter(isPolicyKey).map((key) => {
    const { description, allowed } = fieldDoc(key);
    const property = properties[key];
    const rules = typeof property === 'object' ? property : {};
    return [key, { ...rules, description: `${description} Allowed: ${allowed}.` }];
  });
  return {
    $schema,
    title: 'A policy of pungi',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      preset: { enum: Object.keys(presets), description: 'Lies beneath all keys.' },
      ...Object.fromEntries(keys),
    },
  };
}
