import { chatVersion } from '@innkeeper/shared/contracts/chat-change';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { BSON, type ClientSession, type Document, Long, type MongoClient, Timestamp } from 'mongodb';
import * as z from 'zod';
import { COLLECTIONS, UNREAD_FIELDS } from '../source-document.ts';
import { parseChangeEvent, type StreamHappening } from './change-event.ts';
import type { ChangeStreamReader, OpenChangeStream, StreamBatch, StreamStart } from './change-stream-reader.ts';
import { classifyFailure } from './classify-failure.ts';
import { fragmentJoiner } from './join-fragments.ts';
import { resumeTokenVersion } from './resume-token-time.ts';
import type { StreamFailure } from './stream-failure.ts';

/**
 * The change stream of one database, read by its commands: each answer is one batch with its post-batch resume token and
 * the server's cluster time, which the driver's iterator keeps to itself. It also resumes by itself where we want a state
 * to be seen and a failure to be named. Invalid text is decoded with replacement characters rather than not at all.
 */
export interface ChangeStreamOptions {
  readonly client: MongoClient;
  readonly database: string;
  readonly batchSize?: number;
  /** How long the server waits for something to happen. */
  readonly awaitMs?: number;
  /** How much longer than that an answer may take before the connection counts as dead; doubled while none comes. */
  readonly answerMs?: number;
}

/**
 * A server reads its history up to the next event that is followed, or to the end, before it answers at all. Given up
 * and asked anew it begins again, so each time it gets longer, until the stream goes on.
 */
interface Patience {
  ms: number;
}
type Options = Required<ChangeStreamOptions> & { readonly patience: Patience };

/** Half a megabyte of ordinary messages: what an answer may cost in memory, and little of it is round trips. */
const BATCH_SIZE = 500;
const AWAIT_MS = 1_000;
const ANSWER_MS = 15_000;
const ANSWER_MS_MAX = 5 * 60_000;

const Reply = z.object({
  cursor: z.object({
    id: z.union([
      z.instanceof(Long),
      z.number().transform(id => Long.fromNumber(id)),
      z.bigint().transform(id => Long.fromBigInt(id)),
    ]),
    ns: z.string(),
    firstBatch: z.array(z.instanceof(Uint8Array)).optional(),
    nextBatch: z.array(z.instanceof(Uint8Array)).optional(),
    postBatchResumeToken: z.custom<Document>(value => typeof value === 'object' && value !== null).optional(),
  }),
  operationTime: z.instanceof(Timestamp).optional(),
});
type Reply = z.infer<typeof Reply>;

export function openChangeStream({
  batchSize = BATCH_SIZE,
  awaitMs = AWAIT_MS,
  answerMs = ANSWER_MS,
  ...where
}: ChangeStreamOptions): OpenChangeStream {
  const options: Options = { ...where, batchSize, awaitMs, answerMs, patience: { ms: answerMs } };
  return async (start, signal) => {
    const session = options.client.startSession({ causalConsistency: false });
    const opened = await run(options, session, signal, {
      aggregate: 1,
      pipeline: pipelineFrom(start),
      cursor: { batchSize: options.batchSize },
    });
    if (!opened.ok) {
      await session.endSession();
      return opened;
    }
    return ok(readerOf(options, session, signal, opened.value));
  };
}

function readerOf(options: Options, session: ClientSession, signal: AbortSignal, opened: Reply): ChangeStreamReader {
  const { id, ns } = opened.cursor;
  const collection = ns.slice(ns.indexOf('.') + 1);
  const joiner = fragmentJoiner();
  let first: Reply | undefined = opened;

  return {
    next: async () => {
      const early = first;
      first = undefined;
      if (early !== undefined && (early.cursor.firstBatch?.length ?? 0) > 0) return ok(toBatch(early));
      // A cursor without an id is at its end: a change stream has none, but for an invalidate event.
      if (id.isZero()) return err({ kind: 'heal', reason: 'invalidated', detail: 'the cursor ended' });
      const reply = await run(options, session, signal, {
        getMore: id,
        collection,
        batchSize: options.batchSize,
        maxTimeMS: options.awaitMs,
      });
      return reply.ok ? ok(toBatch(reply.value)) : reply;
    },

    close: async () => {
      // The server forgets idle cursors by itself; this only spares it the wait.
      await command(options, session, undefined, GOODBYE_MS, { killCursors: collection, cursors: [id] });
      await session.endSession();
    },
  };

  function toBatch({ cursor, operationTime }: Reply): StreamBatch {
    const events = cursor.nextBatch ?? cursor.firstBatch ?? [];
    let lastToken: Document | undefined;
    let lastVersion: number | undefined;

    function* happenings(): Generator<StreamHappening, void> {
      for (const bytes of events) {
        const event = decode(bytes);
        const joined = event === undefined ? 'broken' : joiner.accept(event);
        if (joined === 'incomplete') continue;
        const happening = joined === 'broken' ? BROKEN_FRAGMENTS : parseChangeEvent(joined);
        if (event !== undefined) lastToken = tokenOf(event);
        if (happening.kind === 'change') lastVersion = happening.change.version;
        yield happening;
      }
    }

    return {
      size: events.length,
      happenings: happenings(),
      after: () => {
        const token = joiner.pending() ? lastToken : (cursor.postBatchResumeToken ?? lastToken);
        if (token === undefined) return undefined;
        const version = resumeTokenVersion(token) ?? lastVersion;
        return version === undefined ? { token } : { token, version };
      },
      ...(operationTime === undefined ? {} : { serverVersion: chatVersion(operationTime.t, operationTime.i) }),
    };
  }
}

/** Text that is no UTF-8 gets replacement characters; what is not read stays undecoded. */
const DECODING: BSON.DeserializeOptions = {
  validation: { utf8: false },
  fieldsAsRaw: Object.fromEntries(Object.values(UNREAD_FIELDS).flatMap(fields => fields.map(field => [field, true]))),
};

/** Bytes that are no BSON at all are as good as a missing event: what they said is looked up. */
function decode(bytes: Uint8Array): Document | undefined {
  try {
    return BSON.deserialize(bytes, DECODING);
  } catch {
    return undefined;
  }
}

async function run(
  options: Options,
  session: ClientSession,
  signal: AbortSignal,
  wanted: Document,
): Promise<Result<Reply, StreamFailure>> {
  const { awaitMs, answerMs, patience } = options;
  const answer = await command(options, session, signal, awaitMs + patience.ms, wanted);
  const isLate = !answer.ok && NO_ANSWER.has(answer.error.detail);
  if (isLate) patience.ms = Math.min(2 * patience.ms, ANSWER_MS_MAX);
  else if (answer.ok && 'getMore' in wanted) patience.ms = answerMs;
  if (!answer.ok) return answer;
  const reply = Reply.safeParse(answer.value);
  return reply.success ? ok(reply.data) : err({ kind: 'unknown', detail: 'the answer is no cursor' });
}

/** What a command fails with that was given up: as we call it, and as the driver does where it waited for a server. */
const NO_ANSWER: ReadonlySet<string> = new Set(['TimeoutError', 'MongoOperationTimeoutError']);

/** A batch decoded at once would be alive at once; event by event, each is gone before the next. */
const UNDECODED = { firstBatch: true, nextBatch: true };

/** One command, given up when asked to or when no answer comes: the driver itself would wait for ever. */
async function command(
  { client, database }: Options,
  session: ClientSession,
  signal: AbortSignal | undefined,
  answerMs: number,
  wanted: Document,
): Promise<Result<Document, StreamFailure>> {
  const control = new AbortController();
  const giveUp = () => control.abort(new DOMException('no answer in time', 'TimeoutError'));
  const timer = setTimeout(giveUp, answerMs);
  signal?.addEventListener('abort', giveUp);
  if (signal?.aborted === true) giveUp();
  try {
    return ok(await client.db(database).command(wanted, { session, signal: control.signal, fieldsAsRaw: UNDECODED }));
  } catch (error) {
    return err(classifyFailure(error));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

const UNREAD = Object.values(UNREAD_FIELDS).flatMap(fields => fields.map(field => `fullDocument.${field}`));

function pipelineFrom(start: StreamStart): Document[] {
  return [
    {
      $changeStream: {
        fullDocument: 'updateLookup',
        ...(start.kind === 'token' ? { startAfter: start.token } : { startAtOperationTime: start.at }),
      },
    },
    {
      $match: {
        $or: [
          { 'ns.coll': { $in: Object.values(COLLECTIONS) } },
          { operationType: { $in: ['drop', 'rename', 'dropDatabase', 'invalidate'] } },
        ],
      },
    },
    { $unset: UNREAD },
    { $changeStreamSplitLargeEvent: {} },
  ];
}

const tokenOf = (event: Document): Document | undefined => {
  const token: unknown = event['_id'];
  return typeof token === 'object' && token !== null ? token : undefined;
};

/** Fragments that do not follow each other: something of the stream is missing. */
const BROKEN_FRAGMENTS: StreamHappening = { kind: 'broken', reason: 'invalidated', collection: '*' };

const GOODBYE_MS = 500;
