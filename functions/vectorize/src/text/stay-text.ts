import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { listingName } from '@innkeeper/shared/domain/listing';
import { daysBetween } from '@innkeeper/shared/domain/local-time';
import { stayStanding } from '@innkeeper/shared/domain/reservation';
import type { Joined } from './joins.ts';
import type { Searchable } from './searchable.ts';
import { counted, dayInWords, sentences } from './sentences.ts';

type Segment = RecordOf<'reservation'>['facts']['stay'][number];

/** A booking as a person would tell it: who, where, when, at what time, how certain. Pure. */
export function reservationText(record: RecordOf<'reservation'>, joined: Joined): Searchable {
  const { facts } = record;
  const first = facts.stay[0];
  const last = facts.stay.at(-1);
  const guestName = facts.guestName ?? joined.guest?.fullName ?? joined.guest?.firstName;
  const who = guestName ?? 'A guest';
  const homeOf = (segment: Segment): string => {
    const listing = joined.listings.get(segment.listingId);
    return listing === undefined ? `home ${segment.listingId}` : listingName(listing);
  };
  const homes = facts.stay.map(homeOf);
  const label = facts.confirmationCode ?? facts.reservationId;
  const status = facts.status === 'unknown' ? (facts.statusText ?? 'unknown') : facts.status.replace('_', ' ');

  return {
    title: `Booking ${label}: ${who}, ${homes.join(' then ')}`,
    text: sentences(
      ...facts.stay.map((segment, index) =>
        index === 0
          ? `${who} stays at ${stayInWords(segment, homes[0] ?? '')}`
          : `Then moves to ${stayInWords(segment, homes[index] ?? '')}`,
      ),
      facts.guestsCount === undefined ? undefined : `Party of ${counted(facts.guestsCount, 'guest')}`,
      facts.children ? `Travelling with ${facts.children === 1 ? '1 child' : `${facts.children} children`}` : undefined,
      `The booking ${label} is ${status}${stayStanding(facts.status) === 'unconfirmed' ? ' and not confirmed' : ''}`,
      first === undefined ? undefined : arrivalInWords(first, joined),
      last?.plannedDeparture === undefined ? undefined : `Planned departure at ${last.plannedDeparture}`,
      facts.channel === undefined ? undefined : `Booked through ${facts.channel}`,
      ...facts.notes.map(note => `Note on ${note.topic}: ${note.text}`),
    ),
    fields: {
      listingIds: [...new Set(facts.stay.map(segment => segment.listingId as string))],
      guestNames: guestName === undefined ? [] : [guestName],
      reservationId: facts.reservationId,
      status: facts.status,
      stays: facts.stay.map(segment => ({
        listingId: segment.listingId,
        checkInDate: segment.checkInDate,
        checkOutDate: segment.checkOutDate,
      })),
      receivedAt: record.receivedAt,
      ...(facts.guestId === undefined ? {} : { guestId: facts.guestId }),
      ...(first === undefined ? {} : { checkInDate: first.checkInDate }),
      ...(last === undefined ? {} : { checkOutDate: last.checkOutDate }),
      ...(first?.plannedArrival === undefined ? {} : { arrivalTime: first.plannedArrival }),
      ...(facts.bookedAt === undefined ? {} : { startsAt: facts.bookedAt }),
      ...timezoneOf(first, joined),
    },
  };
}

export function calendarBlockText(record: RecordOf<'calendar-block'>, joined: Joined): Searchable {
  const { facts } = record;
  const listing = joined.listings.get(facts.listingId);
  const home = listing === undefined ? `home ${facts.listingId}` : listingName(listing);
  const reason = { owner: 'an owner stay', maintenance: 'maintenance', other: 'a block' }[facts.reason];
  return {
    title: `Calendar block: ${home}`,
    text: sentences(
      `${home} is not free from ${dayInWords(facts.from)} to ${dayInWords(facts.to)} because of ${reason}`,
    ),
    fields: { listingIds: [facts.listingId], guestNames: [], checkInDate: facts.from, checkOutDate: facts.to },
  };
}

function stayInWords(segment: Segment, home: string): string {
  const nights = daysBetween(segment.checkInDate, segment.checkOutDate);
  return `${home} from ${dayInWords(segment.checkInDate)} to ${dayInWords(segment.checkOutDate)}, ${counted(nights, 'night')}`;
}

function arrivalInWords(segment: Segment, joined: Joined): string | undefined {
  if (segment.plannedArrival !== undefined) return `Planned arrival at ${segment.plannedArrival}`;
  const usual = joined.listings.get(segment.listingId)?.defaultCheckInTime;
  return usual === undefined ? undefined : `No planned arrival time; check-in is from ${usual} by default`;
}

function timezoneOf(segment: Segment | undefined, joined: Joined): { timezone?: string } {
  const timezone = segment === undefined ? undefined : joined.listings.get(segment.listingId)?.timezone;
  return timezone === undefined ? {} : { timezone };
}
