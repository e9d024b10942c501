import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { addDays, LocalDate } from '@innkeeper/shared/domain/local-time';
import { ReservationStatus } from '@innkeeper/shared/domain/reservation';
import fc from 'fast-check';
import { listing, record } from './world.ts';

/** Small companies with anything in them that a list is decided from, around Saturday 21 November 2026. */
export const worldHomes: readonly BusinessRecord[] = [
  listing('l-sea', 'Sea View', 'Europe/Lisbon'),
  listing('l-ny', 'Hudson Loft', 'America/New_York', { defaultCheckInTime: undefined }),
  listing('l-tokyo', 'Tokyo Flat', 'Asia/Tokyo'),
];

const TODAY = LocalDate.parse('2026-11-21');
const NOW_MS = Date.parse('2026-11-21T09:41:00Z');
const HOUR_MS = 3_600_000;

const home = fc.constantFrom('l-sea', 'l-ny', 'l-tokyo');
const clock = fc.option(
  fc.nat(47).map(half => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`),
  { nil: undefined },
);
/** Of the last days and the coming ones. */
const instant = fc
  .integer({ min: -20 * 24, max: 5 * 24 })
  .map(hours => new Date(NOW_MS + hours * HOUR_MS + 60_000).toISOString());
const past = fc.integer({ min: 1, max: 20 * 24 }).map(hours => new Date(NOW_MS - hours * HOUR_MS).toISOString());
const guestNames = ['Mia Larsen', 'Ana Meyer', 'Ana Ruiz', 'Jon Berg', 'Zoë van Dam'];

const reservation = fc
  .record({
    status: fc.constantFrom(...ReservationStatus.options),
    guest: fc.nat(guestNames.length - 1),
    first: home,
    second: fc.option(home, { nil: undefined }),
    from: fc.integer({ min: -9, max: 6 }),
    nights: fc.integer({ min: 1, max: 8 }),
    more: fc.integer({ min: 1, max: 5 }),
    plannedArrival: clock,
    plannedDeparture: clock,
    guestsCount: fc.option(fc.nat(6), { nil: undefined }),
    children: fc.option(fc.nat(2), { nil: undefined }),
    bookedAt: fc.option(past, { nil: undefined }),
    changedAt: fc.option(past, { nil: undefined }),
    newsAt: past,
  })
  .map(({ status, guest, first, second, from, nights, more, newsAt, ...facts }) => {
    const checkInDate = addDays(TODAY, from);
    const moves = addDays(checkInDate, nights);
    // News of a booking is never older than what it tells.
    const receivedAt = [facts.bookedAt, facts.changedAt, newsAt]
      .filter(at => at !== undefined)
      .sort()
      .at(-1);
    return (id: string): BusinessRecord => {
      const made = record('reservation', id, {
        reservationId: id,
        confirmationCode: id.toUpperCase(),
        status,
        guestName: guestNames[guest],
        guestId: `g${guest}`,
        ...facts,
        stay: [
          { listingId: first, checkInDate, checkOutDate: moves, plannedArrival: facts.plannedArrival },
          ...(second === undefined
            ? []
            : [
                {
                  listingId: second,
                  checkInDate: moves,
                  checkOutDate: addDays(moves, more),
                  plannedDeparture: facts.plannedDeparture,
                },
              ]),
        ],
      });
      return { ...made, receivedAt: receivedAt ?? made.receivedAt };
    };
  });

const task = fc
  .record({
    title: fc.constantFrom('Clean the home', 'Reinigung', 'Repair boiler', 'Bring towels'),
    status: fc.constantFrom('pending', 'confirmed', 'completed', 'Completed', 'canceled'),
    listingId: home,
    startsAt: fc.option(instant, { nil: undefined }),
  })
  .map(facts => (id: string) => record('task', id, { taskId: id, ...facts }));

const message = fc
  .record({
    author: fc.constantFrom('guest', 'host', 'system'),
    sentAt: past,
    listingId: home,
    conversationId: fc.constantFrom('c1', 'c2', 'c3'),
    text: fc.constantFrom('We arrive at 12:00', 'Thank you', 'Late check-out at 13:00 please'),
  })
  .map(facts => (id: string) => record('guest-message', id, { postId: id, ...facts }));

const call = fc
  .record({
    startedAt: past,
    contactName: fc.constantFrom(undefined, ...guestNames),
    agent: fc.constantFrom(undefined, 'Otto'),
    missedReason: fc.constantFrom(undefined, 'no_available_agent'),
  })
  .map(
    facts => (id: string) =>
      record('call', id, { callId: id, direction: 'inbound', stage: 'ended', ...facts }, 'aircall'),
  );

const block = fc
  .record({ listingId: home, from: fc.integer({ min: -5, max: 5 }), nights: fc.nat(3) })
  .map(({ listingId, from, nights }) => (id: string) => {
    const first = addDays(TODAY, from);
    return record('calendar-block', id, { listingId, from: first, to: addDays(first, nights), reason: 'owner' });
  });

/** Records without the homes' own; ids tell them apart. */
export const recordWorld: fc.Arbitrary<readonly BusinessRecord[]> = fc
  .tuple(fc.array(reservation, { maxLength: 12 }), fc.array(fc.oneof(task, message, call, block), { maxLength: 14 }))
  .map(([reservations, others]) => [
    ...reservations.map((make, index) => make(`r${index}`)),
    ...others.map((make, index) => make(`x${index}`)),
  ]);
