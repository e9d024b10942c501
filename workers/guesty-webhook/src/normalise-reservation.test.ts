import { GuestyReservation } from '@innkeeper/shared/adapters/guesty/payload';
import { describe, expect, test } from 'vitest';
import flatEvent from './__fixtures__/reservation.created.v2.flat.constructed.json' with { type: 'json' };
import legacyEvent from './__fixtures__/reservation.new.legacy.doc-sample-partial.json' with { type: 'json' };
import single from './__fixtures__/rest.reservation.v1.single.constructed.json' with { type: 'json' };
import pageV1 from './__fixtures__/rest.reservations.v1.page.json' with { type: 'json' };
import searchV3 from './__fixtures__/rest.reservations-v3.search.constructed.json' with { type: 'json' };
import { describesStay, normaliseReservation } from './normalise-reservation.ts';

const normalise = (reservation: object) => normaliseReservation(GuestyReservation.parse(reservation));
const dates = { checkInDateLocalized: '2026-12-24', checkOutDateLocalized: '2026-12-27' };

describe('a reservation in facts', () => {
  test('of the newer route: home, planned times, notes without the door code', () => {
    expect(normalise(searchV3.results[0] ?? {})).toMatchObject({
      reservationId: '69aa00000000000000000003',
      status: 'confirmed',
      guestName: 'Mia',
      stay: [
        {
          listingId: '69aa000000000000000000b2',
          checkInDate: '2026-12-24',
          checkOutDate: '2026-12-27',
          plannedArrival: '16:30',
          plannedDeparture: '09:30',
        },
      ],
      notes: [
        { topic: 'cleaning', text: 'Cot needed' },
        { topic: 'specialRequests', text: 'Allergy pillow' },
      ],
    });
    expect(JSON.stringify(normalise(searchV3.results[0] ?? {}))).not.toContain('0000"');
  });

  test('of the older route: one home, planned arrival, no planned departure', () => {
    expect(normalise(single)).toMatchObject({
      reservationId: '69aa00000000000000000001',
      confirmationCode: 'HMTEST0002',
      guestId: '69aa00000000000000000101',
      guestName: 'Grace Guest',
      guestsCount: 2,
      stay: [{ listingId: '69aa000000000000000000a1', checkInDate: '2026-11-21', plannedArrival: '21:30' }],
      channel: 'airbnb2',
      changedAt: '2026-11-20T18:40:01.900Z',
    });
    expect(normalise(single).stay?.[0]).not.toHaveProperty('plannedDeparture');
    expect(normalise(pageV1.results[0] ?? {}).notes).toEqual([{ topic: 'note', text: 'Late check-in requested' }]);
  });

  test('of the events themselves: an older one in full, a lean one by its key facts', () => {
    expect(describesStay(normalise(legacyEvent.reservation))).toBe(true);
    expect(normalise(legacyEvent.reservation)).toMatchObject({ status: 'inquiry', channel: 'Manual', guestsCount: 2 });
    expect(describesStay(normalise(flatEvent.data))).toBe(true);
    expect(describesStay(normalise({ reservationId: 'r', status: 'confirmed' }))).toBe(false);
  });

  test('two segments are a move, in date order, each with its own times and nothing of the whole booking', () => {
    const facts = normalise({
      reservationId: 'r',
      listingId: 'whole',
      plannedArrival: '08:00',
      stay: [
        { unitId: 'b', checkInDateLocalized: '2026-12-27', checkOutDateLocalized: '2026-12-29' },
        { unitId: 'a', ...dates, plannedArrivalTime: '16:30' },
      ],
    });
    expect(facts.stay).toEqual([
      { listingId: 'a', checkInDate: '2026-12-24', checkOutDate: '2026-12-27', plannedArrival: '16:30' },
      { listingId: 'b', checkInDate: '2026-12-27', checkOutDate: '2026-12-29' },
    ]);
  });

  test('the segments of the search name their home, those by ids the guests; the booker is the guest', () => {
    const later = { checkInDateLocalized: '2026-12-27', checkOutDateLocalized: '2026-12-29' };
    const searched = { listingId: 'b', parentListingId: 'type', checkIn: '2026-12-24T15:00:00.000Z' };
    expect(
      normalise({
        stay: [
          { ...searched, ...dates },
          { listingId: 'a', ...later },
        ],
      }).stay,
    ).toEqual([
      { listingId: 'b', checkInDate: '2026-12-24', checkOutDate: '2026-12-27' },
      { listingId: 'a', checkInDate: '2026-12-27', checkOutDate: '2026-12-29' },
    ]);
    const counted = { guestsCount: 3, numberOfGuests: { numberOfAdults: 2, numberOfChildren: 1 } };
    const byIds = { _id: 'r', bookerId: 'g', stay: [{ unitId: 'a', ...dates, ...counted }] };
    expect(normalise(byIds)).toMatchObject({ reservationId: 'r', guestId: 'g', guestsCount: 3, children: 1 });
  });

  test('while no unit is assigned, its type stands for the home', () => {
    expect(normalise({ stay: [{ unitTypeId: 'type', unitId: null, ...dates }] }).stay).toMatchObject([
      { listingId: 'type' },
    ]);
  });

  test('localized dates beat instants, which count only in the home’s own zone', () => {
    const instants = { listingId: 'a', checkIn: '2026-11-21T23:30:00.000Z', checkOut: '2026-11-24T10:00:00.000Z' };
    expect(normalise({ ...instants, ...dates }).stay).toMatchObject([{ checkInDate: '2026-12-24' }]);
    expect(normalise({ ...instants, listing: { timezone: 'Europe/Vienna' } }).stay).toMatchObject([
      { checkInDate: '2026-11-22', checkOutDate: '2026-11-24' },
    ]);
    expect(normalise(instants).stay).toBeUndefined();
  });

  test.each([
    ['canceled', { status: 'canceled', statusText: null }],
    ['cancelled', { status: 'canceled', statusText: null }],
    ['checked_in', { status: 'checked_in', statusText: null }],
    ['on_hold', { status: 'unknown', statusText: 'on_hold' }],
    ['unknown', { status: 'unknown', statusText: 'unknown' }],
  ])('status %s', (word, expected) => {
    expect(normalise({ status: word })).toMatchObject(expected);
  });

  test('what was not sent is absent, what was sent empty is cleared', () => {
    expect(normalise({ status: 'confirmed' }).confirmationCode).toBeUndefined();
    expect(normalise({ status: 'confirmed', confirmationCode: null }).confirmationCode).toBeNull();
    expect(normalise({}).notes).toBeUndefined();
    expect(normalise({ notes: { cleaning: '' } }).notes).toEqual([]);
  });

  test.each([
    ['9:30', '09:30'],
    ['21:30:00', '21:30'],
    [' 16:00 ', '16:00'],
    ['25:00', undefined],
    ['evening', undefined],
  ])('a planned time of %j', (text, expected) => {
    expect(normalise({ listingId: 'a', ...dates, plannedArrival: text }).stay?.[0]?.plannedArrival).toBe(expected);
  });

  test('children and infants are counted together', () => {
    expect(normalise({ numberOfGuests: { numberOfAdults: 2, numberOfChildren: 1, numberOfInfants: 1 } }).children).toBe(
      2,
    );
    expect(normalise({ numberOfGuests: { numberOfAdults: 2 } }).children).toBeUndefined();
  });

  test('fields of another type than expected never spoil the rest', () => {
    const odd = {
      reservationId: 'r',
      status: 'confirmed',
      guestsCount: '2',
      notes: 7,
      stay: 'none',
      listingId: 'a',
      ...dates,
    };
    expect(normalise(odd)).toMatchObject({ reservationId: 'r', status: 'confirmed', stay: [{ listingId: 'a' }] });
  });
});
