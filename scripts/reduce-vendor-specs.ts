import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { groq } from './vendor-specs/groq.ts';
import { hetzner } from './vendor-specs/hetzner.ts';
import { rocketchat } from './vendor-specs/rocketchat.ts';
import {
  type Json,
  type JsonObject,
  type OpenApi,
  objectAt,
  type Parameter,
  type ReducedOperation,
  type Vendor,
} from './vendor-specs/vendor.ts';

/**
 * Reduces the OpenAPI descriptions of Groq, Hetzner and Rocket.Chat to the operations their stand-ins answer: the shapes of
 * queries, bodies and some replies as JSON Schema, without prose. Run by hand when a vendor's description changes:
 *   node scripts/reduce-vendor-specs.ts --input <folder with the descriptions>
 */
/** Prose, and what only says something to a person or to a code generator. */
const DROPPED = new Set([
  'description',
  'title',
  'example',
  'examples',
  'default',
  'deprecated',
  'format',
  'nullable',
  'xml',
]);

/** `nullable` is OpenAPI's own word; JSON Schema says it with the type `null`. */
function toJsonSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (schema === null || typeof schema !== 'object') return schema;
  const reduced: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (DROPPED.has(key) || key.startsWith('x-')) continue;
    if (key === '$ref') reduced['$ref'] = (value as string).replace('#/components/schemas/', '#/definitions/');
    else if (key === 'properties') reduced['properties'] = mapValues(value, toJsonSchema);
    else reduced[key] = toJsonSchema(value);
  }
  return schema['nullable'] === true ? orNull(reduced) : reduced;
}

function orNull(schema: JsonObject): JsonObject {
  if (typeof schema['type'] === 'string' && schema['enum'] === undefined) {
    return { ...schema, type: [schema['type'], 'null'] };
  }
  return { anyOf: [schema, { type: 'null' }] };
}

function mapValues(value: Json | undefined, map: (item: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value ?? {}).map(([key, item]) => [key, map(item as Json)]));
}

function querySchema(spec: OpenApi, parameters: readonly (Parameter | { $ref: string })[]): JsonObject | undefined {
  const inQuery = parameters
    .map(item => ('$ref' in item ? spec.components.parameters?.[item.$ref.split('/').at(-1) ?? ''] : item))
    .filter((item): item is Parameter => item?.in === 'query');
  if (inQuery.length === 0) return undefined;
  return {
    type: 'object',
    properties: Object.fromEntries(inQuery.map(item => [item.name, toJsonSchema(item.schema)])),
    required: inQuery.filter(item => item.required === true).map(item => item.name),
    additionalProperties: false,
  };
}

/** Inlines the body's own reference so that a patch can reach into it. */
function bodySchema(spec: OpenApi, requestBody: JsonObject): JsonObject {
  const schema = objectAt(requestBody, 'content', 'application/json', 'schema') ?? {};
  const reference = schema['$ref'] as string | undefined;
  const resolved = reference === undefined ? schema : spec.components.schemas?.[reference.split('/').at(-1) ?? ''];
  return toJsonSchema(resolved ?? {}) as JsonObject;
}

function replySchema(responses: Record<string, JsonObject>): JsonObject {
  const success = responses['200'] ?? responses['201'];
  return toJsonSchema(objectAt(success, 'content', 'application/json', 'schema') ?? {}) as JsonObject;
}

const referencesOf = (schema: unknown): string[] =>
  [...JSON.stringify(schema).matchAll(/#\/definitions\/(\w+)/gu)].map(match => match[1] ?? '');

function reduce(vendor: Vendor, folder: string): JsonObject {
  const operations: Record<string, ReducedOperation> = {};
  const schemas: Record<string, Json> = {};
  const sources: JsonObject[] = [];
  for (const file of vendor.files) {
    const spec = parse(readFileSync(path.join(folder, file.name), 'utf8')) as OpenApi;
    sources.push({ from: file.from, version: spec.info.version });
    Object.assign(schemas, spec.components.schemas);
    for (const operation of file.operations) {
      const [method = '', address = ''] = operation.split(' ');
      const described = spec.paths[address]?.[method.toLowerCase()];
      if (described === undefined) throw new Error(`${file.name} has no operation ${operation}`);
      const query = querySchema(spec, described.parameters ?? []);
      operations[operation] = {
        ...(query === undefined ? {} : { query }),
        ...(described.requestBody === undefined ? {} : { body: bodySchema(spec, described.requestBody) }),
        ...(vendor.withReplies === true ? { reply: replySchema(described.responses ?? {}) } : {}),
      };
    }
  }
  const described = mapValues(schemas, toJsonSchema);
  vendor.patch(operations, described);
  const definitions: JsonObject = {};
  const wanted = referencesOf(operations);
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (name in definitions) continue;
    const definition = described[name] ?? {};
    definitions[name] = definition;
    wanted.push(...referencesOf(definition));
  }
  const ordered = Object.fromEntries(Object.entries(definitions).toSorted(([a], [b]) => a.localeCompare(b)));
  return { sources, licence: vendor.licence, operations: operations as unknown as JsonObject, definitions: ordered };
}

const { values } = parseArgs({ options: { input: { type: 'string' } } });
if (values.input === undefined) throw new Error('usage: reduce-vendor-specs.ts --input <folder with the descriptions>');
for (const vendor of [groq, hetzner, rocketchat]) {
  const output = new URL(`../packages/local-stack/specs/${vendor.output}`, import.meta.url);
  writeFileSync(output, `${JSON.stringify(reduce(vendor, values.input), undefined, 1)}\n`);
}
