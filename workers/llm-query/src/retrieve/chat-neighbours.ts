import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import type { PointCondition, VectorReader } from '@innkeeper/shared/ports/vector-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { RetrievalError } from './retrieval-error.ts';
import { fromVectorStoreError } from './retrieval-error.ts';

/**
 * What was said around a message, in its own room and thread: "at noon" says nothing without the question before it.
 * I/O: one read of Qdrant for all messages together.
 */
const EACH_SIDE = 2;
/** Longer apart, two messages are seldom about one thing. */
const WINDOW_MS = 15 * 60_000;
/** Messages of a quarter of an hour around a few hits; more are a crowd in which neighbours explain nothing. */
const POINTS_MAX = 400;

/** By document key: the message with those around it, oldest first. */
export type WithNeighbours = ReadonlyMap<string, readonly PointPayload[]>;

export async function withNeighbours(
  hits: readonly PointPayload[],
  vectors: VectorReader,
): Promise<Result<WithNeighbours, RetrievalError>> {
  const around = hits.flatMap(hit => {
    const conditions = aroundInTime(hit);
    return conditions === undefined ? [] : [{ filter: { must: conditions } }, ...opener(hit)];
  });
  if (around.length === 0) return ok(new Map());
  const found = await vectors.scrollAll(
    {
      must: [
        { field: 'deleted', equals: false },
        { field: 'kind', equals: 'chat-message' },
      ],
      should: around,
    },
    { maxPoints: POINTS_MAX },
  );
  if (!found.ok && found.error.kind === 'too_many') return ok(new Map());
  if (!found.ok) return err(fromVectorStoreError(found.error));
  return ok(new Map(hits.map(hit => [hit.docKey, nearest(hit, found.value)])));
}

function aroundInTime({ roomId, threadId, startsAt }: PointPayload): PointCondition[] | undefined {
  if (roomId === undefined || startsAt === undefined) return undefined;
  const at = Date.parse(startsAt);
  return [
    { field: 'roomId', equals: roomId },
    threadId === undefined ? { field: 'threadId', isEmpty: true } : { field: 'threadId', equals: threadId },
    {
      field: 'startsAt',
      range: { gte: new Date(at - WINDOW_MS).toISOString(), lte: new Date(at + WINDOW_MS).toISOString() },
    },
  ];
}

/** The message that opened a thread says what the thread is about, however long ago it was. */
function opener({ roomId, threadId }: PointPayload): PointCondition[] {
  if (roomId === undefined || threadId === undefined) return [];
  return [
    {
      filter: {
        must: [
          { field: 'roomId', equals: roomId },
          { field: 'docKey', equals: `chat-message:${threadId}` },
        ],
      },
    },
  ];
}

/** A long message has several points; its place among the others is one. */
function nearest(hit: PointPayload, points: readonly PointPayload[]): PointPayload[] {
  const opening = hit.threadId === undefined ? undefined : `chat-message:${hit.threadId}`;
  const together = points.filter(
    ({ roomId, threadId, docKey }) =>
      roomId === hit.roomId && (threadId === hit.threadId || docKey === opening) && docKey !== hit.docKey,
  );
  const inOrder = [...new Map(together.map(point => [point.docKey, point])).values()].sort(byTime);
  const before = inOrder.filter(point => byTime(point, hit) < 0);
  const after = inOrder.filter(point => byTime(point, hit) > 0);
  return [...before.slice(-EACH_SIDE), hit, ...after.slice(0, EACH_SIDE)];
}

const byTime = (left: PointPayload, right: PointPayload): number =>
  (left.startsAt ?? '').localeCompare(right.startsAt ?? '') || left.docKey.localeCompare(right.docKey);
