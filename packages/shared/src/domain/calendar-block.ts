import * as z from 'zod/mini';
import { ListingId } from './ids.ts';
import { LocalDate } from './local-time.ts';

/** A day range in which a home cannot be booked though no guest stays: owner stay, maintenance. `to` is the last blocked night. */
export const CalendarBlock = z.object({
  listingId: ListingId,
  from: LocalDate,
  to: LocalDate,
  reason: z.enum(['owner', 'maintenance', 'other']),
});
export type CalendarBlock = z.infer<typeof CalendarBlock>;
