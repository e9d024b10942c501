import * as z from 'zod/mini';
import { RecordKind } from '../domain/ids.ts';

/**
 * Payload of a point in Qdrant, version 1. Everything filtered by has a payload index (`pointIndexes` below).
 * Dates are `YYYY-MM-DD` (midnight UTC to Qdrant, so ranges compare whole days); instants are RFC 3339.
 */
export const PointKind = z.enum([...RecordKind.options, 'interaction', 'chat-message']);
export type PointKind = z.infer<typeof PointKind>;

export const PointPayload = z.object({
  v: z.literal(1),
  /** `guesty:reservation:…`, `interaction:<message id>` or `chat-message:<message id>`. All chunks share it. */
  docKey: z.string(),
  kind: PointKind,
  source: z.string(),
  /** The document's Firestore update time in microseconds: rises with every write to it. */
  srcVersion: z.int(),
  chunk: z.int().check(z.nonnegative()),
  chunks: z.int().check(z.positive()),
  title: z.string(),
  /** Redacted text of this chunk; empty on a tombstone. */
  text: z.string(),
  deleted: z.boolean(),
  /** False while the point waits for its dense vector: filters and BM25 find it already. */
  dense: z.boolean(),
  listingIds: z.array(z.string()),
  guestNames: z.array(z.string()),
  guestId: z.optional(z.string()),
  reservationId: z.optional(z.string()),
  status: z.optional(z.string()),
  /** One entry per stay segment; match with a nested filter. */
  stays: z.optional(z.array(z.object({ listingId: z.string(), checkInDate: z.string(), checkOutDate: z.string() }))),
  /** First segment's check-in and last segment's check-out. */
  checkInDate: z.optional(z.string()),
  checkOutDate: z.optional(z.string()),
  arrivalTime: z.optional(z.string()),
  timezone: z.optional(z.string()),
  /** When it happened: call start, message sent, booking made. */
  startsAt: z.optional(z.string()),
  /** When the state was received; what "since 18:00" compares for changed bookings. */
  receivedAt: z.optional(z.string()),
  missed: z.optional(z.boolean()),
  voicemail: z.optional(z.boolean()),
  author: z.optional(z.string()),
  roomId: z.optional(z.string()),
  authorId: z.optional(z.string()),
  /** Chat: the message that opened the thread. */
  threadId: z.optional(z.string()),
});
export type PointPayload = z.infer<typeof PointPayload>;

/** Qdrant payload index per filtered field. */
export const pointIndexes = {
  docKey: 'keyword',
  kind: 'keyword',
  source: 'keyword',
  srcVersion: 'integer',
  chunk: 'integer',
  deleted: 'bool',
  dense: 'bool',
  listingIds: 'keyword',
  guestNames: 'keyword',
  guestId: 'keyword',
  reservationId: 'keyword',
  status: 'keyword',
  'stays[].listingId': 'keyword',
  'stays[].checkInDate': 'datetime',
  'stays[].checkOutDate': 'datetime',
  checkInDate: 'datetime',
  checkOutDate: 'datetime',
  startsAt: 'datetime',
  receivedAt: 'datetime',
  missed: 'bool',
  voicemail: 'bool',
  author: 'keyword',
  roomId: 'keyword',
  authorId: 'keyword',
  threadId: 'keyword',
} as const satisfies Record<string, 'keyword' | 'integer' | 'bool' | 'datetime'>;

/** Names of the two vectors of a point. */
export const DENSE_VECTOR = 'dense';
export const SPARSE_VECTOR = 'bm25';
