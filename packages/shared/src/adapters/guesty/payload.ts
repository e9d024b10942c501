import * as z from 'zod/mini';

/**
 * Guesty's objects as its API (v1 and v3) and its webhooks send them. One tolerant shape per thing, because the same
 * field stands in other places by version and by event; unknown keys fall away, door codes (`keyCode`) with them. A
 * field we could do without never spoils the rest: of another type than expected, it counts as not sent.
 */
const id = z.string().check(z.minLength(1));
const text = z.catch(z.nullish(z.string()), undefined);
/** Seconds, milliseconds or ISO 8601. */
const moment = z.catch(z.nullish(z.union([z.string(), z.number()])), undefined);
export type GuestyMoment = z.infer<typeof moment>;
const count = z.catch(z.nullish(z.number().check(z.nonnegative())), undefined);

const texts = z.catch(z.nullish(z.array(z.string())), undefined);

const guestCounts = z.catch(z.nullish(z.object({ numberOfChildren: count, numberOfInfants: count })), undefined);

const StayPart = z.object({
  unitTypeId: text,
  unitId: text,
  /** As the search names the unit, or the unit type while none is assigned. */
  listingId: text,
  guestsCount: count,
  numberOfGuests: guestCounts,
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
  _id: z.catch(z.optional(id), undefined),
  id: z.catch(z.optional(id), undefined),
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
  active: z.catch(z.nullish(z.boolean()), undefined),
  address: z.catch(z.nullish(z.object({ full: text, city: text })), undefined),
  publicDescription: z.catch(z.nullish(z.record(z.string(), z.unknown())), undefined),
  lastUpdatedAt: moment,
  updatedAt: moment,
});
export type GuestyListing = z.infer<typeof GuestyListing>;

export const GuestyReservation = z.extend(StayPart, {
  reservationId: z.catch(z.optional(id), undefined),
  _id: z.catch(z.optional(id), undefined),
  id: z.catch(z.optional(id), undefined),
  status: text,
  confirmationCode: text,
  source: text,
  integration: z.catch(z.nullish(z.object({ platform: text })), undefined),
  listing: z.catch(z.nullish(z.object({ timezone: text })), undefined),
  /** UTC instants; can stay at the old time after a manual change, so localized dates go first. */
  checkIn: moment,
  checkOut: moment,
  guestId: text,
  /** The same, as the newer route by ids names it. */
  bookerId: text,
  guest: z.catch(z.nullish(GuestyGuest), undefined),
  stay: z.catch(z.nullish(z.array(StayPart)), undefined),
  note: text,
  notes: z.catch(
    z.nullish(z.union([z.string(), z.object({ cleaning: text, specialRequests: text, guest: text, other: text })])),
    undefined,
  ),
  createdAt: moment,
  confirmedAt: moment,
  lastUpdatedAt: moment,
});
export type GuestyReservation = z.infer<typeof GuestyReservation>;

/** What a task names: by id alone, or with some of its words. */
const Named = z.catch(
  z.nullish(
    z.union([
      z.string(),
      z.object({
        _id: text,
        id: text,
        fullName: text,
        firstName: text,
        nickname: text,
        title: text,
        /** As the list of tasks names them. */
        listingId: text,
        reservationId: text,
        assigneeFullName: text,
      }),
    ]),
  ),
  undefined,
);
export type GuestyNamed = z.infer<typeof Named>;

export const GuestyTask = z.object({
  _id: z.catch(z.optional(id), undefined),
  id: z.catch(z.optional(id), undefined),
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

const flag = z.catch(z.nullish(z.boolean()), undefined);

/** One day of a home's calendar. Of its blocks only those that keep a home empty though nobody booked it. */
export const GuestyCalendarDay = z.object({
  date: z.iso.date(),
  listingId: text,
  blocks: z.catch(z.nullish(z.object({ m: flag, o: flag, bd: flag, ic: flag, b: flag, r: flag })), undefined),
  blockRefs: z.catch(z.nullish(z.array(z.object({ type: text, reason: text, note: text }))), undefined),
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
