import * as z from 'zod/mini';
import { GuestId, ListingId, ReservationId } from './ids.ts';
import { Instant } from './local-time.ts';

/** One message of a guest conversation. Pre-booking inquiries have no reservation. */
export const GuestMessage = z.object({
  postId: z.string().check(z.minLength(1)),
  conversationId: z.optional(z.string()),
  reservationId: z.optional(ReservationId),
  guestId: z.optional(GuestId),
  listingId: z.optional(ListingId),
  guestName: z.optional(z.string()),
  author: z.enum(['guest', 'host', 'system']),
  /** Where it was written, e.g. `airbnb2`, `email`. */
  channel: z.optional(z.string()),
  sentAt: Instant,
  text: z.string(),
});
export type GuestMessage = z.infer<typeof GuestMessage>;
