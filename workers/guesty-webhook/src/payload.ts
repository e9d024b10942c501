import { GuestyGuest, GuestyListing, GuestyReservation, GuestyTask } from '@innkeeper/shared/adapters/guesty/payload';
import { isJsonObject, type JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import * as z from 'zod/mini';

/**
 * What a Guesty delivery carries, wherever in the body its generation of events puts it. What answers rest on must be of
 * the type we know, or the delivery is parked with the field's path; what we could do without never spoils the rest. Pure.
 */
const text = z.catch(z.nullish(z.string()), undefined);
const neededText = z.nullish(z.string());
const neededMoment = z.nullish(z.union([z.string(), z.number()]));
/** As long as an id of the domain may be. */
const id = z.string().check(z.minLength(1), z.maxLength(256));
const isId = (value: unknown): value is string => id.safeParse(value).success;

/** Where a reservation's id has been seen, the most specific place first. */
const RESERVATION_ID_PLACES = [
  ['data', 'reservationId'],
  ['data', 'reservation', '_id'],
  ['data', 'reservation', 'id'],
  ['data', '_id'],
  ['data', 'id'],
  ['reservationId'],
  ['reservation', '_id'],
  ['reservation', 'reservationId'],
] as const;

export function findReservationId(payload: JsonObject): string | undefined {
  return RESERVATION_ID_PLACES.map(place => at(payload, place)).find(isId);
}

/** Where the id should have stood: the first place that holds anything at all. */
export function placeOfReservationId(payload: JsonObject): readonly string[] {
  return RESERVATION_ID_PLACES.find(place => at(payload, place) !== undefined) ?? RESERVATION_ID_PLACES[0];
}

/** The reservation as the event itself describes it: in full (older events), by its key facts or hardly at all. */
export function readEventReservation(payload: JsonObject): GuestyReservation | undefined {
  const places = [at(payload, ['data', 'reservation']), payload['reservation'], payload['data']];
  const body = places.find(isJsonObject);
  return body === undefined ? undefined : GuestyReservation.safeParse(body).data;
}

/** When the vendor published the event; absent on the older generation. */
export function publishedAt(payload: JsonObject): string | number | undefined {
  const places = [payload['publishedAt'], at(payload, ['data', 'publishedAt']), at(payload, ['meta', 'publishedAt'])];
  return places.find(value => isText(value) || typeof value === 'number');
}

export const ListingThing = z.extend(GuestyListing, {
  _id: id,
  timezone: neededText,
  defaultCheckInTime: neededText,
  defaultCheckOutTime: neededText,
});
export const GuestThing = z.extend(GuestyGuest, {
  _id: id,
  firstName: neededText,
  lastName: neededText,
  fullName: neededText,
});
export const TaskThing = z.extend(GuestyTask, {
  _id: id,
  title: neededText,
  status: neededText,
  listingId: neededText,
  startTime: neededMoment,
  canStartAfter: neededMoment,
  mustFinishBefore: neededMoment,
});
export const ListingEvent = z.object({ listing: ListingThing });
export const GuestEvent = z.object({ guest: GuestThing });
export const TaskEvent = z.object({ task: TaskThing });

export const MessageEvent = z.object({
  reservationId: text,
  message: z.object({
    postId: id,
    body: neededText,
    type: text,
    module: text,
    createdAt: z.union([z.string().check(z.minLength(1)), z.number()]),
  }),
  conversation: z.catch(
    z.nullish(
      z.object({
        _id: text,
        guestId: text,
        meta: z.catch(
          z.nullish(
            z.object({
              guestName: text,
              reservations: z.catch(z.nullish(z.array(z.object({ _id: text }))), undefined),
            }),
          ),
          undefined,
        ),
      }),
    ),
    undefined,
  ),
});
export type MessageEvent = z.infer<typeof MessageEvent>;

/** The newer form names the listing beside a range of days, the older one day by day. */
export const CalendarEvent = z.object({
  listingId: neededText,
  listing: z.catch(z.nullish(z.object({ _id: text })), undefined),
  data: z.catch(z.nullish(z.object({ listingId: text })), undefined),
  calendar: z.catch(z.nullish(z.array(z.object({ listingId: text }))), undefined),
});

/** What the walk over the calendars says of a home whose blocks differ. */
export const CalendarDifference = z.object({ listingId: id });

/** Amounts, cards and billing addresses fall away unread. */
export const PaymentEvent = z.object({
  payment: z.object({
    reservationId: neededText,
    paymentId: neededText,
    paidAt: text,
    failedAt: text,
    refundedAt: text,
  }),
});
export type PaymentEvent = z.infer<typeof PaymentEvent>;

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
