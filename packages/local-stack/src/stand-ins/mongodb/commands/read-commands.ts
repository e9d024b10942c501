import * as z from 'zod';
import { type BsonDocument, type BsonValue, decodeDocument, encodeDocument } from '../bson/bson-document.ts';
import { orderKey } from '../bson/order-key.ts';
import { compileProjection } from '../query/compile-projection.ts';
import { parseSort } from '../query/compile-sort.ts';
import { MISSING, valuesAt } from '../query/field-path.ts';
import { BatchReader } from '../server/cursors.ts';
import type { Query, Stored } from '../store/document-store.ts';
import { CommandError } from '../wire/command-error.ts';
import {
  type AnyCommand,
  collectionName,
  documentShape,
  flag,
  numeric,
  parseCommand,
  type Reply,
  type Request,
  reply,
  type Services,
} from './command.ts';
import { openCursorReply } from './cursor-reply.ts';

/** Reading without aggregation. */
export const readCommands: Readonly<Record<string, AnyCommand>> = {
  find: { access: 'read', run: find },
  count: { access: 'read', run: count },
  distinct: { access: 'read', run: distinct },
};

const Find = z.object({
  find: collectionName,
  filter: documentShape.optional(),
  sort: documentShape.optional(),
  projection: documentShape.optional(),
  skip: numeric.optional(),
  limit: numeric.optional(),
  batchSize: numeric.optional(),
  singleBatch: flag.optional(),
  tailable: flag.optional(),
});

function find(request: Request, services: Services): Reply {
  const command = parseCommand(Find, request.body);
  if (command.tailable === true) throw new CommandError(2, 'the stand-in has no capped collections to tail');
  const namespace = `${request.db}.${command.find}`;
  const project = compileProjection(command.projection);
  const limit = Math.abs(command.limit ?? 0);
  const documents = scan(services, request.db, command.find, {
    filter: command.filter ?? new Map(),
    sort: parseSort(command.sort),
  })
    .drop(command.skip ?? 0)
    .take(limit === 0 ? Number.POSITIVE_INFINITY : limit)
    .map(({ body }) => (project === undefined ? body : encodeDocument(project(decodeDocument(body)))));
  const batches = new BatchReader(documents);
  return openCursorReply(namespace, { kind: 'documents', batches }, command.batchSize, services);
}

/** Nothing where there is no such collection. @throws CommandError for a filter that is not supported, even then. */
export function scan({ store }: Services, db: string, name: string, query: Query): IteratorObject<Stored> {
  const collection = store.catalog.find(db, name);
  if (collection === undefined) return Iterator.from<Stored>([]);
  return Iterator.from(store.documents.scan(collection, query));
}

const Count = z.object({
  count: collectionName,
  query: documentShape.optional(),
  skip: numeric.optional(),
  limit: numeric.optional(),
});

function count(request: Request, services: Services): Reply {
  const command = parseCommand(Count, request.body);
  const collection = services.store.catalog.find(request.db, command.count);
  const filter = command.query ?? new Map();
  const isWhole = filter.size === 0 && collection !== undefined;
  const total = isWhole
    ? services.store.documents.count(collection)
    : scan(services, request.db, command.count, { filter, sort: [] }).reduce(sum => sum + 1, 0);
  const rest = Math.max(0, total - (command.skip ?? 0));
  const limit = Math.abs(command.limit ?? 0);
  return reply(['n', limit === 0 ? rest : Math.min(rest, limit)]);
}

const Distinct = z.object({ distinct: collectionName, key: z.string(), query: documentShape.optional() });

function distinct(request: Request, services: Services): Reply {
  const command = parseCommand(Distinct, request.body);
  const steps = command.key.split('.');
  const values = new Map<string, BsonValue>();
  const query: Query = { filter: command.query ?? new Map(), sort: [] };
  for (const { body } of scan(services, request.db, command.distinct, query)) {
    for (const value of distinctValues(decodeDocument(body), steps)) {
      const key = orderKey(value).toString('latin1');
      if (!values.has(key)) values.set(key, value);
    }
  }
  return reply(['values', [...values.values()]]);
}

function distinctValues(document: BsonDocument, steps: readonly string[]): BsonValue[] {
  return valuesAt(document, steps)
    .filter(found => found !== MISSING)
    .flatMap(found => (Array.isArray(found) ? found : [found]));
}
