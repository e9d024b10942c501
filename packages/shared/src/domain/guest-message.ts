import * as z from 'zod';
import { GuestId, ListingId, ReservationId } from './ids.ts';
import { Instant } from './local-time.ts';

/** One message of a guest conversation. Pre-booking inquiries have no reservation. */
export const GuestMessage = z.object({
  postId: z.string().min(1),
  conversationId: z.string().optional(),
  reservationId: ReservationId.optional(),
  guestId: GuestId.optional(),
  listingId: ListingId.optional(),
  guestName: z.string().optional(),
  author: z.enum(['guest', 'host', 'system']),
  /** Where it was written, e.g. `airbnb2`, `email`. */
  channel: z.string().optional(),
  sentAt: Instant,
  text: z.string(),
});
export type GuestMessage = z.infer<typeof GuestMessage>;
