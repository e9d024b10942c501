import * as z from 'zod';
import { ListingId, ReservationId } from './ids.ts';
import { Instant } from './local-time.ts';

/** Cleaning, maintenance and other work at a home. Of the three times a vendor sends, only the relevant one is set. */
export const Task = z.object({
  taskId: z.string().min(1),
  title: z.string(),
  status: z.string(),
  listingId: ListingId.optional(),
  reservationId: ReservationId.optional(),
  assignee: z.string().optional(),
  startsAt: Instant.optional(),
  canStartAfter: Instant.optional(),
  mustFinishBefore: Instant.optional(),
});
export type Task = z.infer<typeof Task>;
