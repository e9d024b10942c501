import * as z from 'zod';

/**
 * Guesty's objects in the vendor's own full shape, as they are put into the stand-in. What the stand-in reads itself is
 * checked, everything else is kept and shown as it is.
 */
const LocalDate = z.iso.date();
const LocalTime = z.string().regex(/^\d{2}:\d{2}$/u);

export const GuestyReservation = z.looseObject({
  reservationId: z.string().min(1),
  status: z.string().min(1),
  confirmationCode: z.string().optional(),
  source: z.string().optional(),
  guestId: z.string().optional(),
  guest: z.looseObject({ _id: z.string().optional() }).optional(),
  /** More than one when the guest moves between homes. */
  stay: z
    .array(
      z.looseObject({
        unitTypeId: z.string().optional(),
        unitId: z.string().optional(),
        checkInDateLocalized: LocalDate,
        checkOutDateLocalized: LocalDate,
        plannedArrivalTime: LocalTime.nullish(),
        plannedDepartureTime: LocalTime.nullish(),
      }),
    )
    .min(1),
  notes: z.looseObject({ keyCode: z.string().optional(), other: z.string().optional() }).optional(),
  lastUpdatedAt: z.iso.datetime().optional(),
  createdAt: z.iso.datetime().optional(),
});
export type GuestyReservation = z.infer<typeof GuestyReservation>;

export const GuestyListing = z.looseObject({
  _id: z.string().min(1),
  nickname: z.string().optional(),
  timezone: z.string().min(1),
  defaultCheckInTime: LocalTime,
  defaultCheckOutTime: LocalTime,
});
export type GuestyListing = z.infer<typeof GuestyListing>;

export const GuestyGuest = z.looseObject({ _id: z.string().min(1) });
export type GuestyGuest = z.infer<typeof GuestyGuest>;

export const GuestyWebhook = z.object({
  _id: z.string(),
  accountId: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  /** Shown by another route only. */
  secret: z.string(),
});
export type GuestyWebhook = z.infer<typeof GuestyWebhook>;
