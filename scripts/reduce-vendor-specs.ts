import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

/**
 * Reduces the OpenAPI descriptions of Groq and Rocket.Chat to the operations their stand-ins answer: the shapes of
 * queries and bodies as JSON Schema, without prose. Run by hand when a vendor's description changes:
 *   node scripts/reduce-vendor-specs.ts --input <folder with the YAML files>
 */
type Json = null | boolean | number | string | Json[] | JsonObject;
interface JsonObject {
  [key: string]: Json;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: JsonObject;
}

interface OpenApi {
  readonly info: { readonly version: string };
  readonly paths: Record<
    string,
    Record<string, { parameters?: (Parameter | { $ref: string })[]; requestBody?: JsonObject }>
  >;
  readonly components: { readonly schemas?: Record<string, Json>; readonly parameters?: Record<string, Parameter> };
}

interface Vendor {
  readonly output: string;
  readonly licence: string;
  readonly files: readonly { readonly name: string; readonly from: string; readonly operations: readonly string[] }[];
  /** What the description leaves out or has wrong, each with the reason beside it. */
  readonly patch: (operations: Record<string, ReducedOperation>) => void;
}

interface ReducedOperation {
  readonly query?: JsonObject;
  readonly body?: JsonObject;
}

const ROCKET_CHAT = 'https://github.com/RocketChat/Rocket.Chat-Open-API at c9aec5ab1008b88aaf66f13f34f4fb74becb4b4a';
const VENDORS: readonly Vendor[] = [
  {
    output: 'groq.json',
    licence: 'MIT (repository)',
    files: [
      {
        name: 'groq.yaml',
        from: 'https://github.com/tryAGI/Groq, src/libs/Groq/openapi.yaml at 776d399581e58809bbbf8182866b06fbb2894ed6',
        operations: [
          'POST /openai/v1/chat/completions',
          'POST /openai/v1/embeddings',
          'GET /openai/v1/models',
          'GET /openai/v1/models/{model}',
        ],
      },
    ],
    patch(operations) {
      // The lists of model ids are stale: whether a model exists is answered as 404, not as a malformed request.
      for (const operation of Object.values(operations)) {
        const model = objectAt(operation.body, 'properties', 'model');
        if (model === undefined) continue;
        delete model['anyOf'];
        model['type'] = 'string';
      }
    },
  },
  {
    output: 'rocketchat.json',
    licence: 'none stated in the repository',
    files: [
      {
        name: 'rocketchat-messaging.yaml',
        from: `${ROCKET_CHAT}, messaging.yaml`,
        operations: [
          'POST /api/v1/chat.sendMessage',
          'POST /api/v1/chat.postMessage',
          'POST /api/v1/chat.update',
          'POST /api/v1/chat.delete',
          'POST /api/v1/chat.react',
          'GET /api/v1/chat.getMessage',
          'GET /api/v1/chat.getThreadMessages',
          'GET /api/v1/dm.history',
          'GET /api/v1/dm.messages',
        ],
      },
      {
        name: 'rocketchat-rooms.yaml',
        from: `${ROCKET_CHAT}, rooms.yaml`,
        operations: [
          'GET /api/v1/rooms.info',
          'GET /api/v1/rooms.isMember',
          'GET /api/v1/channels.history',
          'GET /api/v1/channels.messages',
          'GET /api/v1/groups.history',
          'GET /api/v1/groups.messages',
        ],
      },
      {
        name: 'rocketchat-user-management.yaml',
        from: `${ROCKET_CHAT}, user-management.yaml`,
        operations: ['GET /api/v1/users.info'],
      },
    ],
    patch(operations) {
      for (const { body } of Object.values(operations)) {
        // The server's own schemas are closed, the published ones do not say so.
        for (const shape of [body, ...((body?.['oneOf'] as JsonObject[] | undefined) ?? [])]) {
          if (shape?.['properties'] !== undefined) shape['additionalProperties'] = false;
        }
      }
      const message = objectAt(operations['POST /api/v1/chat.sendMessage']?.body, 'properties', 'message');
      if (message !== undefined) {
        // `_id` is described in the prose only; `tshow` is a boolean.
        Object.assign(message['properties'] ?? {}, { _id: { type: 'string' }, tshow: { type: 'boolean' } });
        message['additionalProperties'] = false;
      }
      const remove = operations['POST /api/v1/chat.delete']?.body;
      if (remove !== undefined) remove['required'] = ['roomId', 'msgId']; // said in the prose only
      const member = operations['GET /api/v1/rooms.isMember']?.query;
      if (member !== undefined) {
        Object.assign(member['properties'] ?? {}, { username: { type: 'string' } }); // either of the two names a user
        member['required'] = ['roomId'];
        member['oneOf'] = [{ required: ['userId'] }, { required: ['username'] }];
      }
    },
  },
];

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

function objectAt(schema: JsonObject | undefined, ...keys: readonly string[]): JsonObject | undefined {
  let at: Json | undefined = schema;
  for (const key of keys) at = (at as JsonObject | undefined)?.[key];
  return at as JsonObject | undefined;
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
      };
    }
  }
  vendor.patch(operations);
  const definitions: JsonObject = {};
  const wanted = referencesOf(operations);
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (name in definitions) continue;
    const definition = toJsonSchema(schemas[name] ?? {});
    definitions[name] = definition;
    wanted.push(...referencesOf(definition));
  }
  const ordered = Object.fromEntries(Object.entries(definitions).toSorted(([a], [b]) => a.localeCompare(b)));
  return { sources, licence: vendor.licence, operations: operations as unknown as JsonObject, definitions: ordered };
}

const { values } = parseArgs({ options: { input: { type: 'string' } } });
if (values.input === undefined) throw new Error('usage: reduce-vendor-specs.ts --input <folder with the YAML files>');
for (const vendor of VENDORS) {
  const output = new URL(`../packages/local-stack/specs/${vendor.output}`, import.meta.url);
  writeFileSync(output, `${JSON.stringify(reduce(vendor, values.input), undefined, 1)}\n`);
}
