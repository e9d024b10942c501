import * as z from 'zod/mini';
import { ReservationId } from './ids.ts';
import { Instant } from './local-time.ts';

/** That something happened to the money of a booking, and what. Never an amount, a method or a number: those stay at the vendor. */
export const Payment = z.object({
  paymentId: z.string().check(z.minLength(1)),
  reservationId: z.optional(ReservationId),
  /** The vendor's word: received, failed, refunded, overdue … */
  state: z.string().check(z.minLength(1)),
  happenedAt: Instant,
});
export type Payment = z.infer<typeof Payment>;
