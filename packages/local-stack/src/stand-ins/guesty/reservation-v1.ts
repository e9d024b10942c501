import type { GuestyListing, GuestyReservation } from './guesty-shapes.ts';

/**
 * The older view of a reservation: flat, one stay, instants in UTC. Derived from the v3 shape and the listing of the
 * first stay. Pure.
 */
export function reservationV1(
  reservation: GuestyReservation,
  listingOf: (id: string) => GuestyListing | undefined,
): Record<string, unknown> {
  const { reservationId, stay, notes, ...kept } = reservation;
  const first = stay[0];
  const last = stay.at(-1);
  if (first === undefined || last === undefined) throw new Error('a reservation has at least one stay');
  const listingId = first.unitId ?? first.unitTypeId;
  const listing = listingId === undefined ? undefined : listingOf(listingId);
  const arrival = first.plannedArrivalTime ?? listing?.defaultCheckInTime;
  const departure = last.plannedDepartureTime ?? listing?.defaultCheckOutTime;
  return {
    ...kept,
    _id: reservationId,
    listingId,
    guestId: reservation.guestId ?? reservation.guest?._id,
    checkInDateLocalized: first.checkInDateLocalized,
    checkOutDateLocalized: last.checkOutDateLocalized,
    plannedArrival: first.plannedArrivalTime ?? null,
    plannedDeparture: last.plannedDepartureTime ?? null,
    nightsCount: nightsBetween(first.checkInDateLocalized, last.checkOutDateLocalized),
    ...(listing === undefined || arrival === undefined || departure === undefined
      ? {}
      : {
          checkIn: instantOf(first.checkInDateLocalized, arrival, listing.timezone),
          checkOut: instantOf(last.checkOutDateLocalized, departure, listing.timezone),
          listing: {
            _id: listing._id,
            nickname: listing.nickname,
            timezone: listing.timezone,
            defaultCheckInTime: listing.defaultCheckInTime,
            defaultCheckOutTime: listing.defaultCheckOutTime,
          },
        }),
    ...(notes?.keyCode === undefined ? {} : { keyCode: notes.keyCode }),
    ...(notes?.other === undefined ? {} : { note: notes.other }),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

const nightsBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** The UTC instant of a wall-clock time in a zone; the offset is looked up twice because it may change in between. */
export function instantOf(date: string, time: string, zone: string): string {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const guess = wall - offsetMs(wall, zone);
  return new Date(wall - offsetMs(guess, zone)).toISOString();
}

function offsetMs(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(instant);
  const name = parts.find(part => part.type === 'timeZoneName')?.value ?? 'GMT';
  const found = /GMT([+-])(\d{2}):(\d{2})/u.exec(name);
  if (found === null) return 0;
  const [, sign, hours, minutes] = found;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
