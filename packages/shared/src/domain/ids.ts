import * as z from 'zod/mini';

/**
 * Branded ids: strings at run time, distinct types at compile time, so a guest id cannot be passed for a listing id.
 * A vendor id is opaque text: never parsed, never minted here.
 */
const vendorId = z.string().check(z.minLength(1), z.maxLength(256));

export const ReservationId = vendorId.brand<'ReservationId'>();
export type ReservationId = z.infer<typeof ReservationId>;

export const ListingId = vendorId.brand<'ListingId'>();
export type ListingId = z.infer<typeof ListingId>;

export const GuestId = vendorId.brand<'GuestId'>();
export type GuestId = z.infer<typeof GuestId>;

export const CallId = vendorId.brand<'CallId'>();
export type CallId = z.infer<typeof CallId>;

/** Rocket.Chat ids. */
export const RoomId = vendorId.brand<'RoomId'>();
export type RoomId = z.infer<typeof RoomId>;
export const ChatUserId = vendorId.brand<'ChatUserId'>();
export type ChatUserId = z.infer<typeof ChatUserId>;
export const ChatMessageId = vendorId.brand<'ChatMessageId'>();
export type ChatMessageId = z.infer<typeof ChatMessageId>;

export const RecordSource = z.enum(['guesty', 'aircall']);
export type RecordSource = z.infer<typeof RecordSource>;

export const RecordKind = z.enum([
  'reservation',
  'calendar-block',
  'listing',
  'guest',
  'guest-message',
  'task',
  'call',
  'text-message',
  'contact',
  'payment',
  'team-member',
  'phone-line',
  'integration',
]);
export type RecordKind = z.infer<typeof RecordKind>;

/** Document id inside `records`: `<source>:<kind>:<sourceId>`. Derived, so a retry writes the same document. */
export const RecordKey = z
  .string()
  .check(z.regex(/^(guesty|aircall):[a-z-]+:.+$/u))
  .brand<'RecordKey'>();
export type RecordKey = z.infer<typeof RecordKey>;

/** Firestore forbids `/` in a document id; a vendor id with one (or a `%`, a control character, a line end) is percent-encoded. */
export function recordKey(source: RecordSource, kind: RecordKind, sourceId: string): RecordKey {
  const safe = sourceId.replace(/[%/\p{Cc}\p{Zl}\p{Zp}]/gu, encodeURIComponent);
  return RecordKey.parse(`${source}:${kind}:${safe}`);
}

/** Document id of a Rocket.Chat thing inside its own collection, encoded like a record's. */
export const chatDocumentId = (rocketChatId: string): string =>
  rocketChatId.replace(/[%/]/gu, character => (character === '/' ? '%2F' : '%25'));
