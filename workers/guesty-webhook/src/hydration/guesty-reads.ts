import type { GuestyAnswer } from '@innkeeper/shared/adapters/guesty/guesty-call';
import type { GuestyClient } from '@innkeeper/shared/adapters/guesty/guesty-client';
import {
  type GuestyCalendarDay,
  type GuestyGuest,
  type GuestyListing,
  type GuestyReservation,
  type GuestyTask,
  reservationIdOf,
} from '@innkeeper/shared/adapters/guesty/payload';
import type { CallLane } from '@innkeeper/shared/hydration/rate-gate';
import { vendorFailure } from '@innkeeper/shared/hydration/vendor-failure';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import type { Log } from '@innkeeper/shared/log/log';
import type { Lane } from '@innkeeper/shared/ports/hydration-gate';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { completeReservation, tellsPlannedTimes } from './complete-reservation.ts';
import { type GatedAnswer, type GuestyCalls } from './guesty-calls.ts';
import { readOnce } from './read-once.ts';

/** Single things by id, and reservations in batches. I/O: the calls. */
export interface GuestyReads {
  /** At most `RESERVATIONS_PER_READ`; answers for every id. */
  readonly reservations: (
    ids: readonly string[],
    lane: CallLane,
  ) => Promise<ReadonlyMap<string, Read<GuestyReservation>>>;
  /** The same bookings with what only the older list tells; as they are where that list is closed. */
  readonly completed: (
    reservations: readonly GuestyReservation[],
    lane: CallLane,
  ) => Promise<Result<readonly GuestyReservation[], DeliveryFailure>>;
  /** One, by the older route. */
  readonly reservation: (id: string, lane: CallLane) => Promise<Read<GuestyReservation>>;
  readonly listing: (id: string, lane: CallLane) => Promise<Read<GuestyListing>>;
  readonly guest: (id: string, lane: CallLane) => Promise<Read<GuestyGuest>>;
  readonly task: (id: string, lane: CallLane) => Promise<Read<GuestyTask>>;
  readonly calendar: (listingId: string, days: CalendarDays, lane: CallLane) => Promise<Read<GuestyCalendarDay[]>>;
  /** For homes that many bookings of a burst name: one read serves all who ask within a minute. */
  readonly namedListing: (id: string, lane: Lane) => Promise<Read<GuestyListing>>;
}

/** `YYYY-MM-DD` at the home, both included. */
export interface CalendarDays {
  readonly from: string;
  readonly to: string;
}

export type Read<T> =
  /** `beganAtMs`: whatever changed before it is in `value`. */
  | { readonly outcome: 'found'; readonly value: T; readonly beganAtMs: number }
  | { readonly outcome: 'not_found'; readonly beganAtMs: number }
  | { readonly outcome: 'failed'; readonly failure: DeliveryFailure };

export interface GuestyReadsOptions {
  readonly client: GuestyClient;
  readonly calls: GuestyCalls;
  readonly now: () => number;
  readonly log: Log;
}

/** Homes report their own changes; this only bridges a burst until their records are written. */
const KEEP_NAMED_MS = 60_000;
const KEEP_NAMED_MAX = 1_000;

export function createGuestyReads({ client, calls, now, log }: GuestyReadsOptions): GuestyReads {
  const one =
    <T>(read: (token: string, id: string) => Promise<GuestyAnswer<T>>) =>
    async (id: string, lane: CallLane): Promise<Read<T>> =>
      toRead(await calls(lane, token => read(token, id)));

  const olderRoute = one(client.readReservation);

  const completed: GuestyReads['completed'] = async (reservations, lane) => {
    const lacking = reservations.filter(one => !tellsPlannedTimes(one)).flatMap(one => reservationIdOf(one) ?? []);
    if (lacking.length === 0) return ok(reservations);
    const { result } = await calls(lane, token => client.listReservationsById(token, lacking));
    if (!result.ok) {
      const { kind } = result.error;
      if (kind !== 'not_found' && kind !== 'refused' && kind !== 'denied')
        return err(vendorFailure('Guesty', result.error));
      log.warn('reservations.incomplete', { reason: kind }); // what the newer routes told of them stands
      return ok(reservations);
    }
    const older = new Map(result.value.map(one => [reservationIdOf(one), one]));
    return ok(reservations.map(one => completeReservation(one, older.get(reservationIdOf(one)))));
  };

  const reservations: GuestyReads['reservations'] = async (ids, lane) => {
    const answer = await calls(lane, token => client.readReservations(token, ids));
    // The newer route is not open to every account, and one odd id spoils its whole answer: then one by one.
    if (!answer.result.ok && (answer.result.error.kind === 'not_found' || answer.result.error.kind === 'refused')) {
      return new Map(await Promise.all(ids.map(async id => [id, await olderRoute(id, lane)] as const)));
    }
    const { result, beganAtMs } = answer;
    const whole = result.ok ? await completed(result.value, lane) : err(vendorFailure('Guesty', result.error));
    if (!whole.ok) return new Map(ids.map(id => [id, { outcome: 'failed', failure: whole.error }]));
    const found = new Map(whole.value.map(reservation => [reservationIdOf(reservation), reservation]));
    return new Map(
      ids.map(id => {
        const value = found.get(id);
        return [id, value === undefined ? { outcome: 'not_found', beganAtMs } : { outcome: 'found', value, beganAtMs }];
      }),
    );
  };

  const listing = one(client.readListing);
  const onceIn = (lane: Lane) =>
    readOnce<Read<GuestyListing>>({
      read: id => listing(id, lane),
      keep: answer => answer.outcome !== 'failed',
      keepMs: KEEP_NAMED_MS,
      keepMax: KEEP_NAMED_MAX,
      now,
    });
  const named = { live: onceIn('live'), backfill: onceIn('backfill') };
  return {
    reservations,
    completed,
    reservation: olderRoute,
    listing,
    guest: one(client.readGuest),
    task: one(client.readTask),
    calendar: async (listingId, days, lane) =>
      toRead(await calls(lane, token => client.readCalendar(token, listingId, days))),
    namedListing: (id, lane) => named[lane](id),
  };
}

function toRead<T>({ result, beganAtMs }: GatedAnswer<T>): Read<T> {
  if (result.ok) return { outcome: 'found', value: result.value, beganAtMs };
  return result.error.kind === 'not_found'
    ? { outcome: 'not_found', beganAtMs }
    : { outcome: 'failed', failure: vendorFailure('Guesty', result.error) };
}
