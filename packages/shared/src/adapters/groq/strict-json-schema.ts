/**
 * The JSON schema that Groq's constrained decoding takes, made from a zod schema. Pure. Every object is closed and lists
 * all its properties as required; what may be missing is a union with null. Ranges and patterns are left out, because
 * the decoder knows structure only and the reply is parsed by the zod schema anyway.
 */
import type * as z from 'zod';

/** @throws Error for an optional property: strict decoding has none, so the schema itself is wrong. */
export function strictJsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...root } = schema.toJSONSchema({ io: 'input' });
  return closeObjects(root, '') as Record<string, unknown>;
}

const LEFT_OUT = new Set([
  'default',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'maxItems',
  'maxLength',
  'maximum',
  'minItems',
  'minLength',
  'minimum',
  'multipleOf',
  'pattern',
]);

function closeObjects(node: unknown, path: string): unknown {
  if (Array.isArray(node)) return node.map((item, index) => closeObjects(item, `${path}/${index}`));
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([keyword]) => !LEFT_OUT.has(keyword));
  const closed: Record<string, unknown> = {};
  for (const [keyword, value] of entries) {
    // `properties` maps names, not keywords: a property may well be called `format`.
    closed[keyword] =
      keyword === 'properties' || keyword === '$defs'
        ? Object.fromEntries(Object.entries(value as object).map(([k, v]) => [k, closeObjects(v, `${path}/${k}`)]))
        : closeObjects(value, `${path}/${keyword}`);
  }
  if (closed['type'] !== 'object') return closed;
  const names = Object.keys(closed['properties'] ?? {});
  const required = (closed['required'] ?? []) as string[];
  const optional = names.filter(name => !required.includes(name));
  if (optional.length > 0) {
    throw new Error(
      `strict schemas have no optional properties, use a union with null: ${path}/${optional.join(', ')}`,
    );
  }
  return { ...closed, required: names, additionalProperties: false };
}
