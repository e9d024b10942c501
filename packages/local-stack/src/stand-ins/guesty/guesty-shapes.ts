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

export const GuestyTask = z.looseObject({
  _id: z.string().min(1),
  title: z.string(),
  status: z.string(),
  listingId: z.string().nullish(),
  reservationId: z.string().nullish(),
  assignee: z.looseObject({ fullName: z.string().optional() }).nullish(),
  lastUpdatedAt: z.iso.datetime().optional(),
});
export type GuestyTask = z.infer<typeof GuestyTask>;

export const GuestyConversation = z.looseObject({
  _id: z.string().min(1),
  modifiedAt: z.iso.datetime().optional(),
});
export type GuestyConversation = z.infer<typeof GuestyConversation>;

/** A message, as the list of a conversation's messages shows it. */
export const GuestyPost = z.looseObject({
  _id: z.string().min(1),
  conversationId: z.string().min(1),
  body: z.string(),
  createdAt: z.iso.datetime(),
  sentBy: z.enum(['guest', 'host', 'log']),
});
export type GuestyPost = z.infer<typeof GuestyPost>;

/** What somebody set on one day of a home's calendar; days nobody touched are open. Its id is `<listingId>:<date>`. */
export const GuestyCalendarDay = z.looseObject({
  listingId: z.string().min(1),
  date: LocalDate,
  blocks: z.record(z.string(), z.boolean()),
  blockRefs: z.array(z.looseObject({})).optional(),
});
export type GuestyCalendarDay = z.infer<typeof GuestyCalendarDay>;

export const GuestyWebhook = z.object({
  _id: z.string(),
  accountId: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  /** Shown by another route only, and late. */
  secret: z.string(),
  secretShownAtMs: z.number().default(0),
  /** After days of failures; the API does not show it. */
  disabled: z.boolean().optional(),
});
export type GuestyWebhook = z.infer<typeof GuestyWebhook>;
