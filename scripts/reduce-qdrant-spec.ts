import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * Reduces Qdrant's OpenAPI description to what the stand-in checks requests against: the operations used here and the
 * shapes of their bodies as JSON Schema, without prose. Run by hand when the pinned Qdrant version changes:
 *   node scripts/reduce-qdrant-spec.ts --input openapi.json --commit <commit of the file>
 */
const OUTPUT = new URL('../packages/local-stack/specs/qdrant-1.19.json', import.meta.url);

const OPERATIONS = new Set(
  [
    'root healthz livez readyz',
    'get_collections get_collection create_collection delete_collection collection_exists',
    'update_aliases get_collection_aliases get_collections_aliases',
    'create_field_index delete_field_index',
    'get_point get_points upsert_points delete_points update_vectors delete_vectors batch_update',
    'set_payload overwrite_payload delete_payload clear_payload',
    'scroll_points count_points facet query_points query_batch_points query_points_groups',
  ].flatMap(line => line.split(' ')),
);

/** Prose, what only says something to a code generator, and `uniqueItems`, which the server does not hold anybody to. */
const DROPPED = new Set([
  'description',
  'title',
  'example',
  'examples',
  'default',
  'deprecated',
  'format',
  'nullable',
  'uniqueItems',
]);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface OpenApi {
  readonly info: { readonly version: string; readonly license: { readonly name: string } };
  readonly paths: Record<string, Record<string, { operationId?: string; requestBody?: Json }>>;
  readonly components: { readonly schemas: Record<string, Json> };
}

/** `nullable` is OpenAPI's own word; JSON Schema says it with the type `null`. */
function toJsonSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (schema === null || typeof schema !== 'object') return schema;
  if (Object.keys(schema).length === 1 && schema.nullable === true) return { type: 'null' };
  const reduced: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(schema)) {
    if (DROPPED.has(key)) continue;
    if (key === '$ref')
      reduced.$ref = JSON.stringify(value).replaceAll('"', '').replace('#/components/schemas/', '#/definitions/');
    else if (key === 'properties') reduced.properties = mapValues(value, toJsonSchema);
    else reduced[key] = toJsonSchema(value);
  }
  if (schema.nullable === true && typeof schema.type === 'string') reduced.type = [schema.type, 'null'];
  return reduced;
}

function mapValues(value: Json, map: (item: Json) => Json): Json {
  return Object.fromEntries(
    Object.entries<Json>((value ?? {}) as Record<string, Json>).map(([key, item]) => [key, map(item)]),
  );
}

const referencesOf = (schema: Json): string[] =>
  [...JSON.stringify(schema).matchAll(/#\/definitions\/(\w+)/gu)].map(match => match[1] ?? '');

const { values } = parseArgs({ options: { input: { type: 'string' }, commit: { type: 'string' } } });
if (values.input === undefined || values.commit === undefined) {
  throw new Error('usage: reduce-qdrant-spec.ts --input <openapi.json> --commit <commit of the file>');
}
const spec = JSON.parse(readFileSync(values.input, 'utf8')) as OpenApi;

const operations = Object.entries(spec.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { operationId, requestBody }]) => {
    if (operationId === undefined || !OPERATIONS.has(operationId)) return [];
    const body =
      requestBody === undefined ? undefined : /#\/components\/schemas\/(\w+)/u.exec(JSON.stringify(requestBody))?.[1];
    return [{ operationId, method: method.toUpperCase(), path, ...(body === undefined ? {} : { body }) }];
  }),
);
const missing = [...OPERATIONS].filter(id => !operations.some(({ operationId }) => operationId === id));
if (missing.length > 0) throw new Error(`the description has no operation ${missing.join(', ')}`);

const definitions: Record<string, Json> = {};
const wanted = operations.flatMap(({ body }) => (body === undefined ? [] : [body]));
for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
  if (name in definitions) continue;
  const definition = toJsonSchema(spec.components.schemas[name] ?? {});
  definitions[name] = definition;
  wanted.push(...referencesOf(definition));
}

const source = {
  from: 'https://github.com/qdrant/qdrant, docs/redoc/v1.19.x/openapi.json',
  commit: values.commit,
  version: spec.info.version,
  licence: spec.info.license.name,
  reducedBy: 'scripts/reduce-qdrant-spec.ts',
};
const sorted = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => a.localeCompare(b)));
writeFileSync(OUTPUT, `${JSON.stringify({ source, operations, definitions: sorted }, undefined, 1)}\n`);
