import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Collection, Db, Document, Filter, FindCursor, FindOptions } from 'mongodb';
import { COLLECTIONS, type Followed, UNREAD_FIELDS } from '../source-document.ts';
import { classifyFailure } from '../stream/classify-failure.ts';
import type { StreamFailure } from '../stream/stream-failure.ts';
import type { ScanFrom, ScanPage, SourceReader } from './source-reader.ts';

/** As filters see it: what Rocket.Chat writes. What is read may have any `_id`. */
interface SourceDocument extends Document {
  _id: string;
}

/** About 1 MB of ordinary messages: one round trip for many, and little to read again after a kill. */
const PAGE_DOCUMENTS = 1_000;

/**
 * What an `_id` can be besides text, in the server's names (arrays, regular expressions and undefined it refuses; two
 * deprecated forms are left out). Named one by one because bounds on the type use the index of `_id`, while "not text"
 * reads every document.
 */
const OTHER_ID_TYPES = [
  'minKey',
  'null',
  'double',
  'int',
  'long',
  'decimal',
  'object',
  'binData',
  'objectId',
  'bool',
  'date',
  'timestamp',
  'javascript',
  'maxKey',
];
/** The driver's types know `$type` with a single type only. */
const OF_OTHER_ID_TYPES: Document = { _id: { $type: OTHER_ID_TYPES } };

/**
 * Runs `use` with a reader over one causally consistent session, so that an election cannot take it back behind its
 * operation time.
 */
export async function withMongodbSourceReader<T>(
  database: Db,
  stop: AbortSignal,
  use: (reader: SourceReader) => Promise<T>,
): Promise<T> {
  const session = database.client.startSession({ causalConsistency: true });
  const collectionOf = (followed: Followed): Collection<SourceDocument> => database.collection(COLLECTIONS[followed]);
  const find =
    (followed: Followed): Find =>
    (filter, options = {}) => {
      const patience = patienceUntil(stop);
      const cursor = collectionOf(followed).find(filter, {
        session,
        signal: patience.signal,
        readConcern: { level: 'majority' },
        // A text that is not valid UTF-8 must not make its whole page unreadable.
        enableUtf8Validation: false,
        projection: Object.fromEntries(UNREAD_FIELDS[followed].map(field => [field, 0])),
        ...options,
      });
      return { cursor, attempt: patience.attempt };
    };

  try {
    return await use({
      operationTime: () => {
        const { cursor, attempt } = find('room')({}, { projection: { _id: 1 }, limit: 1 });
        return attempt(async () => {
          await cursor.toArray();
          if (session.operationTime === undefined) throw new Error('no operation time: not a member of a replica set');
          return session.operationTime;
        });
      },
      readAfter: operationTime => session.advanceOperationTime(operationTime),
      count: followed => patienceUntil(stop).attempt(() => collectionOf(followed).estimatedDocumentCount({ session })),
      scan: (followed, from) => scanPages(find(followed), from),
      documents: (followed, ids) => cursorPages(find(followed)({ _id: { $in: ids } }), undefined),
      existing: (followed, ids) => {
        const { cursor, attempt } = find(followed)({ _id: { $in: ids } }, { projection: { _id: 1 } });
        return attempt(async () => {
          const found = await cursor.toArray();
          return new Set(found.map(({ _id }): unknown => _id).filter(id => typeof id === 'string'));
        });
      },
    });
  } finally {
    await session.endSession();
  }
}

/** A query, and how to wait for each of its answers. */
interface Found {
  readonly cursor: FindCursor<SourceDocument>;
  readonly attempt: Attempt;
}
type Find = (filter: Filter<SourceDocument>, options?: FindOptions) => Found;
type Attempt = <T>(read: () => Promise<T>) => Promise<Result<T, StreamFailure>>;

/** Gives a read up when asked to end, or when no answer comes: the driver itself would wait for ever. */
function patienceUntil(stop: AbortSignal): { readonly signal: AbortSignal; readonly attempt: Attempt } {
  const control = new AbortController();
  const giveUp = (): void => control.abort(new DOMException('no answer in time', 'TimeoutError'));
  return {
    signal: control.signal,
    attempt: async read => {
      const timer = setTimeout(giveUp, ANSWER_MS);
      stop.addEventListener('abort', giveUp);
      if (stop.aborted) giveUp();
      try {
        return ok(await read());
      } catch (error) {
        return err(classifyFailure(error));
      } finally {
        clearTimeout(timer);
        stop.removeEventListener('abort', giveUp);
      }
    },
  };
}

/** Where no index helps, the server goes through a whole cold collection for a page of what was written since. */
const ANSWER_MS = 5 * 60_000;

/** One query per page: nothing is held open at the server while Pub/Sub refuses, and the driver repeats what an election cut. */
async function* scanPages(find: Find, from: ScanFrom): AsyncGenerator<Result<ScanPage, StreamFailure>, void> {
  const only = writtenSince(from.writtenSince);
  const shape: FindOptions = {
    sort: { _id: 1 },
    batchSize: PAGE_DOCUMENTS,
    ...(from.idsOnly === true && { projection: { _id: 1 } }),
  };
  let { after } = from;
  let skip = 0;
  for (;;) {
    const filter: Filter<SourceDocument> = { _id: after === undefined ? { $gte: '' } : { $gt: after }, ...only };
    const found = find(filter, { ...shape, limit: PAGE_DOCUMENTS, ...(skip > 0 && { skip }) });
    const page = await found.attempt(() => readAndClose(found.cursor));
    if (!page.ok) {
      yield page;
      return;
    }
    if (page.value.length === 0) break;
    const last = page.value.findLastIndex(({ _id }) => isExactText(_id));
    skip = last === -1 ? skip + page.value.length : page.value.length - 1 - last;
    const lastId: unknown = page.value[last]?._id;
    if (typeof lastId === 'string') after = lastId;
    yield ok({ documents: page.value, after });
  }
  // Comparisons are within a type, so what is greater than a text is text. The rest is rare: one cursor, from the start.
  yield* cursorPages(find({ ...OF_OTHER_ID_TYPES, ...only }, shape), after);
}

async function* cursorPages(
  { cursor, attempt }: Found,
  after: string | undefined,
): AsyncGenerator<Result<ScanPage, StreamFailure>, void> {
  try {
    for (;;) {
      const page = await attempt(() => readBatch(cursor));
      if (!page.ok) {
        yield page;
        return;
      }
      if (page.value.length === 0) return;
      yield ok({ documents: page.value, after });
    }
  } finally {
    await cursor.close();
  }
}

/** Bytes that are not UTF-8 were replaced: such an id cannot be gone on from. */
const isExactText = (id: unknown): boolean => typeof id === 'string' && !id.includes('\u{FFFD}');

/** A document without the date may have been written at any time. */
const writtenSince = (since: Date | undefined): Filter<SourceDocument> =>
  since === undefined ? {} : { $or: [{ _updatedAt: { $gte: since } }, { _updatedAt: { $not: { $type: 'date' } } }] };

async function readAndClose(cursor: FindCursor<SourceDocument>): Promise<SourceDocument[]> {
  try {
    return await readBatch(cursor);
  } finally {
    await cursor.close();
  }
}

/** One reply of the server; empty at the end. */
async function readBatch(cursor: FindCursor<SourceDocument>): Promise<SourceDocument[]> {
  const first = await cursor.next();
  return first === null ? [] : [first, ...cursor.readBufferedDocuments()];
}
