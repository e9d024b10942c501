import * as z from 'zod/mini';
import { err, ok, type Result } from '../../result/result.ts';
import { exchangeJson, retryAfterMs } from '../http/exchange-json.ts';
import { judgeVendorReply, type VendorError } from '../http/vendor-reply.ts';
import {
  type GuestyAnswer,
  type GuestyClientOptions,
  guestyGet,
  READ_TIMEOUT_MS,
  REPLY_BYTES_MAX,
} from './guesty-call.ts';
import { type GuestyLists, guestyLists } from './guesty-lists.ts';
import {
  daysOf,
  GuestyCalendarDay,
  GuestyGuest,
  GuestyListing,
  GuestyReservation,
  GuestyTask,
  listOf,
} from './payload.ts';

/**
 * Guesty's Open API as far as records are made from it: the token, single things, and lists. Money and door codes are
 * never asked for where fields can be chosen. I/O: HTTPS.
 */
export interface GuestyClient extends GuestyLists {
  readonly requestToken: () => Promise<Result<GrantedToken, VendorError>>;
  /** By ids, at most `RESERVATIONS_PER_READ`; what does not exist is missing from the answer. */
  readonly readReservations: (token: string, ids: readonly string[]) => Promise<GuestyAnswer<GuestyReservation[]>>;
  /**
   * The same by the older list: of a stay the whole alone, but its planned times as `HH:MM` and its guest by name,
   * which the newer routes leave out. At most `ROWS_PER_PAGE`. The vendor closes it on 1 March 2027.
   */
  readonly listReservationsById: (token: string, ids: readonly string[]) => Promise<GuestyAnswer<GuestyReservation[]>>;
  /** The older route, for one. */
  readonly readReservation: (token: string, id: string) => Promise<GuestyAnswer<GuestyReservation>>;
  readonly readListing: (token: string, id: string) => Promise<GuestyAnswer<GuestyListing>>;
  readonly readGuest: (token: string, id: string) => Promise<GuestyAnswer<GuestyGuest>>;
  readonly readTask: (token: string, id: string) => Promise<GuestyAnswer<GuestyTask>>;
  /** Every day from `from` to `to`, both included, `YYYY-MM-DD` at the home. */
  readonly readCalendar: (
    token: string,
    listingId: string,
    days: { readonly from: string; readonly to: string },
  ) => Promise<GuestyAnswer<GuestyCalendarDay[]>>;
  /** The same of several homes at once, at most `CALENDARS_PER_READ`; each day names its home. */
  readonly readCalendars: (
    token: string,
    listingIds: readonly string[],
    days: { readonly from: string; readonly to: string },
  ) => Promise<GuestyAnswer<GuestyCalendarDay[]>>;
}

export interface GrantedToken {
  readonly token: string;
  readonly expiresInMs: number;
}

export const RESERVATIONS_PER_READ = 10;
/** A year and a half of each is half a megabyte. */
export const CALENDARS_PER_READ = 10;

/** What the older route is asked for. */
const RESERVATION_FIELDS =
  'status confirmationCode source integration.platform listingId listing.timezone ' +
  'checkIn checkOut checkInDateLocalized checkOutDateLocalized plannedArrival plannedDeparture ' +
  'guestId guest._id guest.firstName guest.lastName guest.fullName guest.phone guest.email ' +
  'guestsCount numberOfGuests note createdAt confirmedAt lastUpdatedAt';

/** The route of a single guest requires `fields`. */
const GUEST_FIELDS = 'firstName lastName fullName email emails phone phones tags';

const Grant = z.object({ access_token: z.string().check(z.minLength(1)), expires_in: z.number().check(z.positive()) });

export function guestyClient(options: GuestyClientOptions): GuestyClient {
  const get = guestyGet(options);
  const one = <T>(token: string, path: string, schema: z.ZodMiniType<T>) =>
    get(token, path, json => first(json, schema));

  return {
    ...guestyLists(get),
    requestToken: async () => {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'open-api',
        client_id: options.clientId,
        client_secret: options.clientSecret.reveal(),
      });
      const reply = await exchangeJson({
        fetch: options.fetch,
        url: options.tokenUrl,
        method: 'POST',
        headers: {},
        form,
        timeoutMs: READ_TIMEOUT_MS,
        replyBytesMax: REPLY_BYTES_MAX,
      });
      if (!reply.ok) return err({ kind: 'unavailable', detail: reply.error.kind });
      const granted = judgeVendorReply(
        reply.value,
        retryAfterMs(reply.value.headers),
        json => Grant.safeParse(json).data,
      );
      if (!granted.ok) return granted;
      return ok({ token: granted.value.access_token, expiresInMs: granted.value.expires_in * 1000 });
    },
    readReservations: (token, ids) =>
      get(
        token,
        `/reservations-v3?${ids.map(id => `reservationIds[]=${encodeURIComponent(id)}`).join('&')}`,
        pickReservations,
      ),
    listReservationsById: (token, ids) => {
      const filters = JSON.stringify([{ field: '_id', operator: '$in', value: ids }]);
      const asked = { fields: RESERVATION_FIELDS, filters, limit: String(ids.length) };
      return get(token, `/reservations?${query(asked)}`, pickReservations);
    },
    readReservation: (token, id) =>
      one(token, `/reservations/${encodeURIComponent(id)}?${query({ fields: RESERVATION_FIELDS })}`, GuestyReservation),
    readListing: (token, id) => one(token, `/listings/${encodeURIComponent(id)}`, GuestyListing),
    readGuest: (token, id) =>
      one(token, `/guests-crud/${encodeURIComponent(id)}?${query({ fields: GUEST_FIELDS })}`, GuestyGuest),
    readTask: (token, id) => one(token, `/tasks-open-api/${encodeURIComponent(id)}`, GuestyTask),
    readCalendar: (token, listingId, days) =>
      get(token, `${CALENDARS}/${encodeURIComponent(listingId)}?${query(daysAsked(days))}`, pickDays),
    readCalendars: (token, listingIds, days) =>
      get(token, `${CALENDARS}?${query({ listingIds: listingIds.join(','), ...daysAsked(days) })}`, pickDays),
  };
}

const CALENDARS = '/availability-pricing/api/calendar/listings';

const daysAsked = ({ from, to }: { readonly from: string; readonly to: string }) => ({ startDate: from, endDate: to });

const pickDays = (json: unknown): GuestyCalendarDay[] | undefined =>
  daysOf(json)?.flatMap(day => GuestyCalendarDay.safeParse(day).data ?? []);

const pickReservations = (json: unknown): GuestyReservation[] | undefined =>
  listOf(json)?.flatMap(item => GuestyReservation.safeParse(item).data ?? []);

const query = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString();

const first = <T>(json: unknown, schema: z.ZodMiniType<T>): T | undefined => schema.safeParse(listOf(json)?.[0]).data;
