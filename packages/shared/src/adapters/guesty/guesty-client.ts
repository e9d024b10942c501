import * as z from 'zod';
import type { Secret } from '../../config/secret.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { exchangeJson, type JsonReply, retryAfterMs } from '../http/exchange-json.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { GuestyGuest, GuestyListing, GuestyReservation, listOf } from './payload.ts';

/**
 * Guesty's Open API as far as hydration needs it: single calls, no retries, no waiting. What was left of the vendor's
 * limits comes with every answer; whoever owns the limits decides when to call. I/O: HTTPS.
 */
export interface GuestyClient {
  readonly requestToken: () => Promise<Result<GrantedToken, GuestyError>>;
  /** By ids, at most `RESERVATIONS_PER_READ`; what does not exist is missing from the answer. */
  readonly readReservations: (token: string, ids: readonly string[]) => Promise<GuestyAnswer<GuestyReservation[]>>;
  /** The older route, for one. */
  readonly readReservation: (token: string, id: string) => Promise<GuestyAnswer<GuestyReservation>>;
  readonly readListing: (token: string, id: string) => Promise<GuestyAnswer<GuestyListing>>;
  readonly readGuest: (token: string, id: string) => Promise<GuestyAnswer<GuestyGuest>>;
}

export interface GuestyAnswer<T> {
  readonly result: Result<T, GuestyError>;
  readonly limits: ObservedLimits;
}

/** What the vendor said is left in each of its windows. */
export interface ObservedLimits {
  readonly second?: number;
  readonly minute?: number;
  readonly hour?: number;
  readonly retryAfterMs?: number;
}

export interface GrantedToken {
  readonly token: string;
  readonly expiresInMs: number;
}

export type GuestyError =
  | { readonly kind: 'not_found' }
  /** The token or the key is refused. */
  | { readonly kind: 'denied'; readonly status: number }
  | { readonly kind: 'limited'; readonly retryAfterMs?: number }
  /** The route or this request is not to the vendor's liking. */
  | { readonly kind: 'refused'; readonly status: number }
  /** Down, slow, or an answer outside the vendor's format. */
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number };

export const RESERVATIONS_PER_READ = 10;
/** The vendor's slow reads have been seen at 3 s. */
const READ_TIMEOUT_MS = 10_000;
/** Ten reservations with everything the vendor keeps of them are below 1 MB. */
const REPLY_BYTES_MAX = 8 * 1024 * 1024;

/** What the older route is asked for: door codes and money are not. */
const RESERVATION_FIELDS =
  'status confirmationCode source integration.platform listingId listing.timezone ' +
  'checkIn checkOut checkInDateLocalized checkOutDateLocalized plannedArrival plannedDeparture ' +
  'guestId guest._id guest.firstName guest.lastName guest.fullName guest.phone guest.email ' +
  'guestsCount numberOfGuests note createdAt confirmedAt lastUpdatedAt';

const Grant = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

export interface GuestyClientOptions {
  /** With `/v1`, without a trailing slash. */
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly fetch: Fetch;
}

export function guestyClient(options: GuestyClientOptions): GuestyClient {
  const read = async <T>(token: string, path: string, pick: (json: unknown) => T | undefined) => {
    const reply = await exchangeJson({
      fetch: options.fetch,
      url: `${options.baseUrl}${path}`,
      method: 'GET',
      headers: { authorization: `Bearer ${token}` },
      timeoutMs: READ_TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!reply.ok) return { result: err({ kind: 'unavailable' as const, detail: reply.error.kind }), limits: {} };
    return { result: judge(reply.value, pick), limits: observe(reply.value.headers) };
  };

  return {
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
      const granted = judge(reply.value, json => Grant.safeParse(json).data);
      if (!granted.ok) return granted;
      return ok({ token: granted.value.access_token, expiresInMs: granted.value.expires_in * 1000 });
    },
    readReservations: (token, ids) =>
      read(token, `/reservations-v3?${ids.map(id => `reservationIds[]=${encodeURIComponent(id)}`).join('&')}`, json =>
        listOf(json)?.flatMap(item => GuestyReservation.safeParse(item).data ?? []),
      ),
    readReservation: (token, id) =>
      read(token, `/reservations/${encodeURIComponent(id)}?fields=${encodeURIComponent(RESERVATION_FIELDS)}`, json =>
        first(json, GuestyReservation),
      ),
    readListing: (token, id) => read(token, `/listings/${encodeURIComponent(id)}`, json => first(json, GuestyListing)),
    readGuest: (token, id) => read(token, `/guests-crud/${encodeURIComponent(id)}`, json => first(json, GuestyGuest)),
  };
}

const first = <T>(json: unknown, schema: z.ZodType<T>): T | undefined => schema.safeParse(listOf(json)?.[0]).data;

/** A reply to what it means. `pick` answers `undefined` where the body is outside the vendor's format. */
function judge<T>(reply: JsonReply, pick: (json: unknown) => T | undefined): Result<T, GuestyError> {
  const { status, headers, json } = reply;
  const wait = retryAfterMs(headers);
  const retryAfter = wait === undefined ? {} : { retryAfterMs: wait };
  if (status === 404) return err({ kind: 'not_found' });
  if (status === 401 || status === 403) return err({ kind: 'denied', status });
  if (status === 429) return err({ kind: 'limited', ...retryAfter });
  if (status >= 500) return err({ kind: 'unavailable', detail: `status ${status}`, ...retryAfter });
  if (status < 200 || status >= 300) return err({ kind: 'refused', status });
  const value = pick(json);
  return value === undefined ? err({ kind: 'unavailable', detail: 'unexpected answer' }) : ok(value);
}

function observe(headers: Headers): ObservedLimits {
  const left = (window: string): number | undefined => {
    const value = Number.parseInt(headers.get(`x-ratelimit-remaining-${window}`) ?? '', 10);
    return Number.isNaN(value) ? undefined : value;
  };
  const limits = {
    second: left('second'),
    minute: left('minute'),
    hour: left('hour'),
    retryAfterMs: retryAfterMs(headers),
  };
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
