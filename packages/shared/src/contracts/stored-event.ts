import * as z from 'zod/mini';
import { RecordSource } from '../domain/ids.ts';

/**
 * One delivery as received: a webhook's, or a change in the team chat that could not be applied; a webhook's minus secrets,
 * card data and door codes. Document `events/<eventId>`, source for replay. `expireAt`, the timestamp that Firestore's
 * TTL policy reads, stands beside these fields.
 */
export const StoredEvent = z.object({
  v: z.literal(1),
  source: z.enum([...RecordSource.options, 'rocketchat']),
  eventId: z.string().check(z.minLength(1)),
  /** The vendor's name of the event; empty where the body did not say. */
  event: z.string(),
  receivedAt: z.iso.datetime(),
  /** What became of it. `older` and `same`: the records already knew. `marked`: what it spoke of is read from the vendor. */
  outcome: z.enum(['written', 'older', 'same', 'marked', 'unsupported', 'parked']),
  /** snake_case fact, when parked or unsupported. */
  reason: z.optional(z.string()),
  /** Keys of the records it spoke of. */
  records: z.array(z.string()),
  /** Id of the replay that last read it. */
  replay: z.optional(z.string()),
  /** Revision of the mapping that read it: a delivery is read again when the mapping is newer. */
  pipelineRevision: z.int().check(z.positive()),
  /** JSON text: vendors nest lists in lists, which Firestore's own types refuse. In R2 where it is over a document's size. */
  payload: z.union([z.object({ inline: z.string() }), z.object({ r2Key: z.string() })]),
});
export type StoredEvent = z.infer<typeof StoredEvent>;
