import { GuestyGuest, GuestyListing, GuestyReservation } from '@innkeeper/shared/adapters/guesty/payload';
import { isJsonObject, type JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import * as z from 'zod';

/** What a Guesty delivery carries, wherever in the body its generation of events puts it. Pure. */
const text = z.string().nullish().catch(undefined);
const id = z.string().min(1);

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

/** The reservation as the event itself describes it: in full (older events), by its key facts or hardly at all. */
export function readEventReservation(payload: JsonObject): GuestyReservation | undefined {
  const places = [at(payload, ['data', 'reservation']), payload['reservation'], payload['data']];
  const body = places.find(isJsonObject);
  return body === undefined ? undefined : GuestyReservation.safeParse(body).data;
}

/** When the vendor published the event; absent on the older generation. */
export function publishedAt(payload: JsonObject): string | undefined {
  return [payload['publishedAt'], at(payload, ['data', 'publishedAt']), at(payload, ['meta', 'publishedAt'])].find(
    isId,
  );
}

export const ListingEvent = z.object({ listing: GuestyListing });
export const GuestEvent = z.object({ guest: GuestyGuest.extend({ _id: id }) });

export const MessageEvent = z.object({
  reservationId: text,
  message: z.object({
    postId: id,
    body: z.string().nullish(),
    type: text,
    module: text,
    createdAt: z.string().min(1),
  }),
  conversation: z
    .object({
      _id: text,
      guestId: text,
      meta: z
        .object({
          guestName: text,
          reservations: z
            .array(z.object({ _id: text }))
            .nullish()
            .catch(undefined),
        })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
});
export type MessageEvent = z.infer<typeof MessageEvent>;

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);
}

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';
