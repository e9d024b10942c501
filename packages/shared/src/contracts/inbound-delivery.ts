import * as z from 'zod/mini';
import { RecordSource } from '../domain/ids.ts';

/**
 * What a webhook Worker puts on its queue: an authentic delivery, not yet understood.
 * `body` is the raw JSON text without the credential it may have carried, inline or (over the queue's 128 KB) in R2.
 */
export const InboundDelivery = z.object({
  v: z.literal(1),
  source: RecordSource,
  /** Idempotency key of the delivery: `svix-id`, or a hash where the vendor has none. Document id in `events`, and part of names in R2. */
  eventId: z.string().check(z.regex(/^(?!__)[A-Za-z0-9][\w-]{0,199}$/u)),
  receivedAt: z.iso.datetime(),
  /** Id of the replay that sent it again: it is then read though its event was settled before. */
  replay: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  body: z.union([z.object({ inline: z.string() }), z.object({ r2Key: z.string() })]),
});
export type InboundDelivery = z.infer<typeof InboundDelivery>;
