import * as z from 'zod';

/**
 * Guesty's objects as its API (v1 and v3) and its webhooks send them. One tolerant shape per thing, because the same
 * field stands in other places by version and by event; unknown keys fall away, door codes (`keyCode`) with them. A
 * field we could do without never spoils the rest: of another type than expected, it counts as not sent.
 */
const id = z.string().min(1);
const text = z.string().nullish().catch(undefined);
/** Seconds, milliseconds or ISO 8601. */
const moment = z.union([z.string(), z.number()]).nullish().catch(undefined);
export type GuestyMoment = z.infer<typeof moment>;
const count = z.number().nonnegative().nullish().catch(undefined);

const texts = z.array(z.string()).nullish().catch(undefined);

const StayPart = z.object({
  unitTypeId: text,
  unitId: text,
  checkInDateLocalized: text,
  checkOutDateLocalized: text,
  plannedArrivalTime: text,
  plannedDepartureTime: text,
  plannedArrival: text,
  plannedDeparture: text,
  eta: text,
  etd: text,
});
export type GuestyStayPart = z.infer<typeof StayPart>;

export const GuestyGuest = z.object({
  _id: id.optional().catch(undefined),
  id: id.optional().catch(undefined),
  firstName: text,
  lastName: text,
  fullName: text,
  email: text,
  emails: texts,
  phone: text,
  phones: texts,
  /** As the list of guests names them. */
  guestEmail: text,
  guestOtherEmails: texts,
  guestPhone: text,
  guestOtherPhones: texts,
  tags: texts,
  lastUpdatedAt: moment,
  updatedAt: moment,
});
export type GuestyGuest = z.infer<typeof GuestyGuest>;

export const GuestyListing = z.object({
  _id: id,
  nickname: text,
  title: text,
  timezone: text,
  defaultCheckInTime: text,
  defaultCheckOutTime: text,
  accommodates: count,
  bedrooms: count,
  active: z.boolean().nullish().catch(undefined),
  address: z.object({ full: text, city: text }).nullish().catch(undefined),
  publicDescription: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  lastUpdatedAt: moment,
  updatedAt: moment,
});
export type GuestyListing = z.infer<typeof GuestyListing>;

export const GuestyReservation = StayPart.extend({
  reservationId: id.optional().catch(undefined),
  _id: id.optional().catch(undefined),
  id: id.optional().catch(undefined),
  status: text,
  confirmationCode: text,
  source: text,
  integration: z.object({ platform: text }).nullish().catch(undefined),
  listingId: text,
  listing: z.object({ timezone: text }).nullish().catch(undefined),
  /** UTC instants; can stay at the old time after a manual change, so localized dates go first. */
  checkIn: moment,
  checkOut: moment,
  guestId: text,
  guest: GuestyGuest.nullish().catch(undefined),
  guestsCount: count,
  numberOfGuests: z.object({ numberOfChildren: count, numberOfInfants: count }).nullish().catch(undefined),
  stay: z.array(StayPart).nullish().catch(undefined),
  note: text,
  notes: z
    .union([z.string(), z.object({ cleaning: text, specialRequests: text, guest: text, other: text })])
    .nullish()
    .catch(undefined),
  createdAt: moment,
  confirmedAt: moment,
  lastUpdatedAt: moment,
});
export type GuestyReservation = z.infer<typeof GuestyReservation>;

/** What a task names: by id alone, or with some of its words. */
const Named = z
  .union([z.string(), z.object({ _id: text, id: text, fullName: text, firstName: text, nickname: text, title: text })])
  .nullish()
  .catch(undefined);
export type GuestyNamed = z.infer<typeof Named>;

export const GuestyTask = z.object({
  _id: id.optional().catch(undefined),
  id: id.optional().catch(undefined),
  title: text,
  /** As the list of tasks names it. */
  taskTitle: text,
  status: text,
  listingId: text,
  listing: Named,
  reservationId: text,
  reservation: Named,
  assignee: Named,
  assigneeName: text,
  checklist: texts,
  checklistFinished: texts,
  startTime: moment,
  scheduledFor: moment,
  canStartAfter: moment,
  mustFinishBefore: moment,
  lastUpdatedAt: moment,
  updatedAt: moment,
});
export type GuestyTask = z.infer<typeof GuestyTask>;

const flag = z.boolean().nullish().catch(undefined);

/** One day of a home's calendar. Of its blocks only those that keep a home empty though nobody booked it. */
export const GuestyCalendarDay = z.object({
  date: z.iso.date(),
  listingId: text,
  blocks: z.object({ m: flag, o: flag, bd: flag, ic: flag, b: flag, r: flag }).nullish().catch(undefined),
  blockRefs: z
    .array(z.object({ type: text, reason: text, note: text }))
    .nullish()
    .catch(undefined),
});
export type GuestyCalendarDay = z.infer<typeof GuestyCalendarDay>;

export const reservationIdOf = (reservation: GuestyReservation): string | undefined =>
  reservation.reservationId ?? reservation._id ?? reservation.id;

/** Names under which Guesty's routes have been seen to wrap a list or a thing, the outer ones first. */
const WRAPPERS = ['results', 'data', 'conversations', 'posts'] as const;

/** A list bare or wrapped, once or twice; a single thing counts as a list of one. */
export function listOf(answer: unknown): readonly unknown[] | undefined {
  const inner = unwrap(unwrap(answer));
  if (typeof inner !== 'object' || inner === null) return undefined;
  return Array.isArray(inner) ? (inner as unknown[]) : [inner];
}

function unwrap(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return answer;
  const wrapper = WRAPPERS.find(name => name in answer);
  return wrapper === undefined ? answer : (answer as Readonly<Record<string, unknown>>)[wrapper];
}

/** The days of a calendar's answer. */
export function daysOf(answer: unknown): readonly unknown[] | undefined {
  const [inner] = listOf(answer) ?? [];
  const days = typeof inner === 'object' && inner !== null && 'days' in inner ? inner.days : listOf(answer);
  return Array.isArray(days) ? (days as unknown[]) : undefined;
}
