import * as z from 'zod/mini';
import { BookingState } from './booking-state.ts';

/** One booking that is news: what happened, and how it stood before where that was known. Kept in durable storage. */
export const Announcement = z.object({
  /** Key of the reservation's record; what it says now is read when the message is composed. */
  key: z.string(),
  change: z.enum(['made', 'changed', 'cancelled']),
  before: z.optional(BookingState),
});
export type Announcement = z.infer<typeof Announcement>;
