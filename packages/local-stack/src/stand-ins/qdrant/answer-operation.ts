import type { Schemas } from '@qdrant/js-client-rest';
import type { StandInReply } from '../stand-in-server.ts';
import type { Collection } from './collection.ts';
import { describeCollection } from './describe-collection.ts';
import type { Operation } from './qdrant-api.ts';
import type { QdrantStore } from './qdrant-store.ts';
import { answerCount, answerFacet, answerPoint, answerPoints, answerScroll } from './query/answer-lookup.ts';
import { answerGroups, answerQuery } from './query/answer-query.ts';
import { notInStandIn } from './refusal.ts';
import type {
  DeletePayload,
  DeleteVectors,
  FacetRequest,
  FieldSchema,
  GroupsRequest,
  PointRequest,
  PointSelector,
  QueryRequest,
  ScrollRequest,
  SetPayload,
  UpdateVectors,
  Upsert,
} from './wire.ts';
import {
  clearPayload,
  deletePayload,
  deletePoints,
  deleteVectors,
  overwritePayload,
  setPayload,
  updateVectors,
} from './write/change-points.ts';
import { upsertPoints } from './write/upsert-points.ts';

/** What every operation does once it is found, allowed and its body has the published form. */
export function answerOperation({ id, path, readBody }: Operation, raw: Buffer, store: QdrantStore): StandInReply {
  const body = readBody(raw);
  const name = path.collection_name ?? '';
  const text = PLAIN_ANSWERS[id];
  if (text !== undefined) return { status: 200, body: text, headers: { 'content-type': 'text/plain; charset=utf-8' } };
  if (id === 'root') {
    return { status: 200, body: { title: 'qdrant - vector search engine', version: '1.19.0', standIn: true } };
  }
  const read = READS[id];
  if (read !== undefined) return succeed(read(store.read(name), body, path));
  const write = SINGLE_WRITES[id];
  if (write !== undefined) return succeed(store.write(name, collection => applyWrite(collection, write, body)));
  if (id === 'batch_update') return succeed(store.write(name, collection => applyBatch(collection, body)));
  return succeed(answerStoreOperation(id, name, path, body, store));
}

const succeed = (result: unknown): StandInReply => ({ status: 200, body: { result, status: 'ok', time: 0 } });

const PLAIN_ANSWERS: Readonly<Record<string, string>> = {
  healthz: 'healthz check passed',
  livez: 'healthz check passed',
  readyz: 'all shards are ready',
};

type Read = (collection: Collection, body: unknown, path: Readonly<Record<string, string>>) => unknown;
const READS: Readonly<Record<string, Read>> = {
  get_collection: collection => describeCollection(collection),
  get_point: (collection, _body, path) => answerPoint(collection, path.id ?? ''),
  get_points: (collection, body) => answerPoints(collection, body as PointRequest),
  scroll_points: (collection, body) => answerScroll(collection, body as ScrollRequest),
  count_points: (collection, body) => answerCount(collection, body as ScrollRequest),
  facet: (collection, body) => answerFacet(collection, body as FacetRequest),
  query_points: (collection, body) => answerQuery(collection, body as QueryRequest),
  query_batch_points: (collection, body) =>
    (body as { searches: QueryRequest[] }).searches.map(search => answerQuery(collection, search)),
  query_points_groups: (collection, body) => answerGroups(collection, body as GroupsRequest),
};

/** Writes to points, by the key under which they stand in an ordered batch. */
const WRITES = {
  upsert: (collection: Collection, body: unknown) => upsertPoints(collection, body as Upsert),
  delete: (collection: Collection, body: unknown) => deletePoints(collection, body as PointSelector),
  set_payload: (collection: Collection, body: unknown) => setPayload(collection, body as SetPayload),
  overwrite_payload: (collection: Collection, body: unknown) => overwritePayload(collection, body as SetPayload),
  delete_payload: (collection: Collection, body: unknown) => deletePayload(collection, body as DeletePayload),
  clear_payload: (collection: Collection, body: unknown) => clearPayload(collection, body as PointSelector),
  update_vectors: (collection: Collection, body: unknown) => updateVectors(collection, body as UpdateVectors),
  delete_vectors: (collection: Collection, body: unknown) => deleteVectors(collection, body as DeleteVectors),
};
type WriteName = keyof typeof WRITES;

/** The operation that does such a write alone. */
const SINGLE_WRITES: Readonly<Record<string, WriteName>> = {
  upsert_points: 'upsert',
  delete_points: 'delete',
  set_payload: 'set_payload',
  overwrite_payload: 'overwrite_payload',
  delete_payload: 'delete_payload',
  clear_payload: 'clear_payload',
  update_vectors: 'update_vectors',
  delete_vectors: 'delete_vectors',
};

/** Everything is applied when the answer leaves, so also a caller that does not wait is told `completed`. */
function applyWrite(collection: Collection, name: WriteName, body: unknown): unknown {
  WRITES[name](collection, body);
  return { operation_id: collection.operations, status: 'completed' };
}

function applyBatch(collection: Collection, body: unknown): unknown {
  const { operations } = body as { operations: Partial<Record<WriteName, unknown>>[] };
  return operations.map(operation => {
    const [name] = Object.keys(operation) as [WriteName];
    return applyWrite(collection, name, operation[name]);
  });
}

function answerStoreOperation(
  id: string,
  name: string,
  path: Readonly<Record<string, string>>,
  body: unknown,
  store: QdrantStore,
): unknown {
  switch (id) {
    case 'get_collections':
      return { collections: store.names.map(collection => ({ name: collection })) };
    case 'collection_exists':
      return { exists: store.has(name) };
    case 'create_collection':
      store.create(name, body as Schemas['CreateCollection']);
      return true;
    case 'delete_collection':
      return store.delete(name);
    case 'update_aliases':
      store.changeAliases(body as Schemas['ChangeAliasesOperation']);
      return true;
    case 'get_collections_aliases':
      return { aliases: store.aliasesOf() };
    case 'get_collection_aliases':
      return { aliases: store.aliasesOf(store.read(name).name) };
    case 'create_field_index':
      createIndex(store, name, body as { field_name: string; field_schema?: FieldSchema | null });
      return { operation_id: store.read(name).nextOperation(), status: 'completed' };
    case 'delete_field_index':
      store.deleteIndex(name, path.field_name ?? '');
      return { operation_id: store.read(name).nextOperation(), status: 'completed' };
    default:
      throw notInStandIn(id);
  }
}

/** The real server guesses a schema that is not given from the points it has. */
function createIndex(
  store: QdrantStore,
  name: string,
  { field_name: field, field_schema: schema }: { field_name: string; field_schema?: FieldSchema | null },
): void {
  if (!schema) throw notInStandIn('guessing of an index schema');
  if (typeof schema === 'object' && 'phrase_matching' in schema && schema.phrase_matching) {
    throw notInStandIn('phrase index');
  }
  store.createIndex(name, field, schema);
}
