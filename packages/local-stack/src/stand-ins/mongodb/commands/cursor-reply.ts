import {
  appendElement,
  BSON_TYPE,
  type BsonDocument,
  type BsonValue,
  encodeArray,
  encodeDocument,
} from '../bson/bson-document.ts';
import { BATCH_BYTES_MAX, type Cursor, type CursorSource } from '../server/cursors.ts';
import type { Reply, Services } from './command.ts';

/** Of the first answer, where the client asks for no size. */
const FIRST_BATCH = 101;

/** The answer that opens a cursor; one whose documents all fit is closed at once. */
export function openCursorReply(
  namespace: string,
  source: CursorSource,
  batchSize: number | undefined,
  { cursors }: Services,
): Reply {
  const cursor = cursors.open(namespace, source);
  return batchReply(cursor, readBatch(source, batchSize ?? FIRST_BATCH), 'firstBatch', cursors);
}

export function readBatch(source: CursorSource, limit: number): readonly Uint8Array[] {
  return source.kind === 'documents' ? source.batches.read(limit) : source.stream.read(limit, BATCH_BYTES_MAX);
}

export function isOver(source: CursorSource): boolean {
  return source.kind === 'documents' ? source.batches.isOver : source.stream.isOver;
}

export function batchReply(
  { id, namespace, source }: Cursor,
  batch: readonly Uint8Array[],
  name: 'firstBatch' | 'nextBatch',
  cursors: Services['cursors'],
): Reply {
  if (isOver(source)) cursors.close(id);
  const head: BsonDocument = new Map<string, BsonValue>([
    ['id', isOver(source) ? 0n : id],
    ['ns', namespace],
  ]);
  if (source.kind === 'changes') head.set('postBatchResumeToken', source.stream.position);
  const document = appendElement(encodeDocument(head), BSON_TYPE.array, name, encodeArray(batch));
  return { fields: new Map(), encoded: { name: 'cursor', document } };
}
