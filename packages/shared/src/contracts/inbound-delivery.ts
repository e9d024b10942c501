import * as z from 'zod';
import { RecordSource } from '../domain/ids.ts';

/**
 * What a webhook Worker puts on its queue: an authentic delivery, not yet understood.
 * `body` is the raw JSON text without the credential it may have carried, inline or (over the queue's 128 KB) in R2.
 */
export const InboundDelivery = z.object({
  v: z.literal(1),
  source: RecordSource,
  /** Idempotency key of the delivery: `svix-id`, or a hash where the vendor has none. Document id in `events`. */
  eventId: z.string().min(1),
  receivedAt: z.iso.datetime(),
  body: z.union([z.object({ inline: z.string() }), z.object({ r2Key: z.string() })]),
});
export type InboundDelivery = z.infer<typeof InboundDelivery>;
