import type { StandInReply } from '../stand-in-server.ts';
import { guestyError } from './guesty-replies.ts';
import type { GuestyTables } from './guesty-tables.ts';

/** Every day of one or several homes' calendars: what somebody set, the nights of bookings, and otherwise open. */
type CalendarTables = Pick<GuestyTables, 'listings' | 'calendars' | 'reservations'>;

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_MAX = 1000;
const BOOKED = new Set(['confirmed', 'checked_in', 'checked_out', 'reserved', 'awaiting_payment']);
const NO_BLOCKS = Object.fromEntries(
  ['m', 'r', 'b', 'bd', 'sr', 'abl', 'a', 'bw', 'o', 'pt', 'ic', 'an'].map(block => [block, false]),
);

export function readCalendars(tables: CalendarTables, id: string | undefined, query: URLSearchParams): StandInReply {
  const dates = datesOf(query);
  if (dates === undefined)
    return guestyError(400, 'VALIDATION_ERROR', '"startDate" and "endDate" must bound a range of days');
  const ids = id === undefined ? (query.get('listingIds') ?? '').split(',').filter(one => one !== '') : [id];
  if (ids.length === 0) return guestyError(400, 'VALIDATION_ERROR', '"listingIds" is required');
  if (ids.some(one => tables.listings.get(one) === undefined))
    return guestyError(404, 'NOT_FOUND', 'listing not found');
  const days = ids.flatMap(listingId => {
    const booked = bookedNights(tables, listingId);
    return dates.map(date => dayOf(tables, listingId, date, booked.has(date)));
  });
  return { status: 200, body: { status: 200, data: { days }, message: 'OK' } };
}

function datesOf(query: URLSearchParams): readonly string[] | undefined {
  const start = Date.parse(query.get('startDate') ?? '');
  const end = Date.parse(query.get('endDate') ?? '');
  const count = Math.round((end - start) / DAY_MS) + 1;
  if (!(count >= 1 && count <= DAYS_MAX)) return undefined;
  return Array.from({ length: count }, (_, day) => new Date(start + day * DAY_MS).toISOString().slice(0, 10));
}

function bookedNights({ reservations }: CalendarTables, listingId: string): ReadonlySet<string> {
  const nights = new Set<string>();
  for (const { status, stay } of reservations.all()) {
    if (!BOOKED.has(status)) continue;
    for (const { unitId, unitTypeId, checkInDateLocalized, checkOutDateLocalized } of stay) {
      if ((unitId ?? unitTypeId) !== listingId) continue;
      const end = Date.parse(checkOutDateLocalized);
      for (let night = Date.parse(checkInDateLocalized); night < end; night += DAY_MS) {
        nights.add(new Date(night).toISOString().slice(0, 10));
      }
    }
  }
  return nights;
}

function dayOf({ calendars }: CalendarTables, listingId: string, date: string, isBooked: boolean) {
  const set = calendars.get(`${listingId}:${date}`);
  const blocks = { ...NO_BLOCKS, ...set?.blocks, ...(isBooked ? { b: true } : {}) };
  const isBlocked = Object.values(blocks).some(Boolean);
  const status = isBooked ? 'booked' : isBlocked ? 'unavailable' : 'available';
  return { date, listingId, status, blocks, blockRefs: set?.blockRefs ?? [] };
}
