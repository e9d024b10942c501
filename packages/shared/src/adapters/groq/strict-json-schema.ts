/**
 * The JSON schema that Groq's constrained decoding takes, made from a zod schema. Pure. Every object is closed and lists
 * all its properties as required; what may be missing is a union with null. Ranges and patterns are left out, because
 * the decoder knows structure only and the reply is parsed by the zod schema anyway.
 *
 * zod's own `toJSONSchema` writes the whole of JSON Schema, in 6 kB that a Worker has better use for; the tests hold
 * this against it.
 */
import * as z from 'zod/mini';

/** @throws Error for an optional property, which strict decoding does not have, and for a type no reply has a use for. */
export function strictJsonSchema(schema: z.core.$ZodType): Record<string, unknown> {
  return withDescription(schema, nodeOf(schema as z.core.$ZodTypes, ''));
}

type Node = Record<string, unknown>;

const inner = (schema: z.core.$ZodType, path: string): Node =>
  withDescription(schema, nodeOf(schema as z.core.$ZodTypes, path));

function nodeOf(schema: z.core.$ZodTypes, path: string): Node {
  const { def } = schema._zod;
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- every other type is refused below
  switch (def.type) {
    case 'string':
    case 'boolean':
      return { type: def.type };
    case 'number':
      return { type: 'format' in def && def.format === 'safeint' ? 'integer' : 'number' };
    case 'enum':
      return { type: 'string', enum: Object.values(def.entries) };
    case 'literal':
      return { type: 'string', const: def.values[0] };
    case 'nullable':
      return orNull(inner(def.innerType, path));
    case 'array':
      return { type: 'array', items: inner(def.element, `${path}/items`) };
    case 'union':
      return { anyOf: def.options.map((option, index) => inner(option, `${path}/${index}`)) };
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(def.shape).map(([name, property]) => [name, inner(property, `${path}/${name}`)]),
        ),
        required: Object.keys(def.shape),
        additionalProperties: false,
      };
    case 'optional':
      throw new Error(`strict schemas have no optional properties, use a union with null: ${path}`);
    default:
      throw new Error(`a model cannot be asked for ${def.type}: ${path || '/'}`);
  }
}

const orNull = (node: Node): Node =>
  Object.keys(node).length === 1 ? { type: [node['type'], 'null'] } : { anyOf: [node, { type: 'null' }] };

function withDescription(schema: z.core.$ZodType, node: Node): Node {
  const description = z.globalRegistry.get(schema)?.description;
  return description === undefined ? node : { ...node, description };
}
