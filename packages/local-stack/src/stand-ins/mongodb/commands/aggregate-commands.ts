import * as z from 'zod';
import { asNumber, type BsonDocument, decodeDocument, encodeDocument } from '../bson/bson-document.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { compilePipeline, exclusionOf, readStage } from '../query/compile-pipeline.ts';
import { compileProjection } from '../query/compile-projection.ts';
import { BatchReader } from '../server/cursors.ts';
import { ChangeStream, type StreamStage } from '../stream/change-stream.ts';
import { parseChangeStreamOptions, type Scope } from '../stream/change-stream-options.ts';
import { EVENT_BYTES_MAX } from '../stream/split-event.ts';
import { CommandError } from '../wire/command-error.ts';
import {
  type AnyCommand,
  documentShape,
  numeric,
  parseCommand,
  type Reply,
  type Request,
  type Services,
} from './command.ts';
import { openCursorReply } from './cursor-reply.ts';
import { scan } from './read-commands.ts';

/** Aggregation, of which change streams are a form. */
export const aggregateCommands: Readonly<Record<string, AnyCommand>> = {
  aggregate: { access: 'read', run: aggregate },
};

const Aggregate = z.object({
  /** 1 stands for the whole database. */
  aggregate: z.union([z.string(), numeric]),
  pipeline: z.array(documentShape),
  cursor: documentShape.optional(),
});

function aggregate(request: Request, services: Services): Reply {
  const { aggregate: target, pipeline, cursor } = parseCommand(Aggregate, request.body);
  const batchSize = asNumber(cursor?.get('batchSize'));
  const namespace = `${request.db}.${typeof target === 'string' ? target : '$cmd.aggregate'}`;
  const [first, ...rest] = pipeline;
  const changeStream = first?.get('$changeStream');
  if (changeStream instanceof Map) {
    const stream = openChangeStream(request.db, target, changeStream, rest, services);
    return openCursorReply(namespace, { kind: 'changes', stream }, batchSize, services);
  }
  if (typeof target !== 'string')
    throw new CommandError(73, `{aggregate: 1} is not valid for '${first?.keys().next().value ?? ''}'`);
  const batches = new BatchReader(runPipeline(request.db, target, pipeline, services));
  return openCursorReply(namespace, { kind: 'documents', batches }, batchSize, services);
}

function runPipeline(
  db: string,
  collection: string,
  pipeline: readonly BsonDocument[],
  services: Services,
): Iterator<Uint8Array> {
  const [first] = pipeline;
  const match = first?.get('$match');
  // The first filter may use an index.
  const filter: BsonDocument = match instanceof Map ? match : new Map();
  const stages = compilePipeline(match instanceof Map ? pipeline.slice(1) : pipeline);
  const source: Iterable<BsonDocument> = scan(services, db, collection, { filter, sort: [] }).map(({ body }) =>
    decodeDocument(body),
  );
  const result = stages.reduce((documents, stage) => stage(documents), source);
  return Iterator.from(result).map(encodeDocument);
}

function openChangeStream(
  db: string,
  target: string | number,
  stage: BsonDocument,
  rest: readonly BsonDocument[],
  { store, faults }: Services,
): ChangeStream {
  const options = parseChangeStreamOptions(stage);
  const scope = scopeOf(db, target, options.coversCluster);
  const splitAt = rest.findIndex(next => next.has('$changeStreamSplitLargeEvent'));
  if (splitAt !== -1 && splitAt !== rest.length - 1) {
    throw new CommandError(7_182_802, '$changeStreamSplitLargeEvent must be the last stage in the pipeline');
  }
  const stages = (splitAt === -1 ? rest : rest.slice(0, -1)).map(compileStreamStage);
  return new ChangeStream(
    { scope, options, stages, splits: splitAt !== -1 },
    {
      oplog: store.oplog,
      splitBytes: () => faults.current.splitBytes ?? EVENT_BYTES_MAX,
      lookUp: ({ uuid, documentKey }) => {
        const collection = uuid === null ? undefined : store.catalog.findByUuid(uuid);
        return collection === undefined ? undefined : store.documents.get(collection, decodeDocument(documentKey));
      },
    },
  );
}

function scopeOf(db: string, target: string | number, coversCluster: boolean): Scope {
  if (typeof target === 'string') return { of: 'collection', db, collection: target };
  if (!coversCluster) return { of: 'database', db };
  if (db === 'admin') return { of: 'cluster' };
  throw new CommandError(
    20,
    "A $changeStream with 'allChangesForCluster:true' may only be opened on the 'admin' database",
  );
}

function compileStreamStage(stage: BsonDocument): StreamStage {
  const { name, operand } = readStage(stage);
  if (name === '$match' && operand instanceof Map) return { kind: 'match', filter: compileFilter(operand) };
  if (name === '$unset') return projecting(exclusionOf(operand));
  if (name === '$project' && operand instanceof Map) return projecting(operand);
  throw new CommandError(20, `${name} is not permitted in a $changeStream pipeline`);
}

function projecting(spec: BsonDocument): StreamStage {
  const project = compileProjection(spec);
  if (project === undefined) throw new CommandError(51_272, 'Invalid $project: an empty specification');
  return { kind: 'project', project };
}
