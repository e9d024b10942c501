import * as z from 'zod';
import { ReservationId } from './ids.ts';
import { Instant } from './local-time.ts';

/** That something happened to the money of a booking, and what. Never an amount, a method or a number: those stay at the vendor. */
export const Payment = z.object({
  paymentId: z.string().min(1),
  reservationId: ReservationId.optional(),
  /** The vendor's word: received, failed, refunded, overdue … */
  state: z.string().min(1),
  happenedAt: Instant,
});
export type Payment = z.infer<typeof Payment>;
