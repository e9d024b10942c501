import * as z from 'zod/mini';
import { ListingId, ReservationId } from './ids.ts';
import { Instant } from './local-time.ts';

/** Cleaning, maintenance and other work at a home. Of the three times a vendor sends, only the relevant one is set. */
export const Task = z.object({
  taskId: z.string().check(z.minLength(1)),
  title: z.string(),
  status: z.string(),
  listingId: z.optional(ListingId),
  reservationId: z.optional(ReservationId),
  assignee: z.optional(z.string()),
  startsAt: z.optional(Instant),
  canStartAfter: z.optional(Instant),
  mustFinishBefore: z.optional(Instant),
});
export type Task = z.infer<typeof Task>;
