import type { JsonSchema } from './fill-schema.ts';

/**
 * What constrained decoding refuses in a schema: an open object, or a property that may be missing. Answers the place
 * and the rule, or `undefined`. Pure.
 */
export function strictSchemaProblem(schema: JsonSchema, path = '#'): string | undefined {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  if (schema['type'] === 'object') {
    if (schema['additionalProperties'] !== false)
      return `${path}: additionalProperties:false must be set on every object`;
    const required = Array.isArray(schema['required']) ? schema['required'] : [];
    const missing = Object.keys(properties).filter(name => !required.includes(name));
    if (missing.length > 0) return `${path}: required must list every property, missing ${missing.join(', ')}`;
  }
  const definitions = (schema['$defs'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const inner: [string, JsonSchema][] = [
    ...Object.entries(properties).map(([name, value]): [string, JsonSchema] => [`${path}/properties/${name}`, value]),
    ...Object.entries(definitions).map(([name, value]): [string, JsonSchema] => [`${path}/$defs/${name}`, value]),
    ...(schema['items'] === undefined ? [] : [[`${path}/items`, schema['items']] as [string, JsonSchema]]),
    ...((schema['anyOf'] ?? []) as JsonSchema[]).map((value, index): [string, JsonSchema] => [
      `${path}/anyOf/${index}`,
      value,
    ]),
  ];
  for (const [at, value] of inner) {
    const problem = strictSchemaProblem(value, at);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
