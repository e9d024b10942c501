import { describe, expect, test } from 'vitest';
import idsOnly from '../__fixtures__/reservation.created.v2.ids-only.constructed.json' with { type: 'json' };
import single from '../__fixtures__/rest.reservation.v1.single.constructed.json' with { type: 'json' };
import { bare, GUEST, LISTING, ordinary, RESERVATION } from '../testing/booking.ts';
import { guestyWorld, NOT_YET_MS } from '../testing/guesty-world.ts';

const told = { ...idsOnly, data: { ...idsOnly.data, reservationId: RESERVATION } };

describe('a booking of which the newer route tells neither the guest nor what was planned', () => {
  test('is completed by the older list with the guest and what was planned', async () => {
    const at = guestyWorld((path, query) =>
      path === '/reservations' ? { status: 200, body: { results: [single] } } : ordinary(bare)(path, query),
    );
    await at.deliver(told);
    expect(at.facts('reservation', RESERVATION)).toMatchObject({
      guestId: GUEST,
      guestName: 'Grace Guest',
      changedAt: '2026-11-20T18:40:01.900Z',
      stay: [{ listingId: LISTING, checkOutDate: '2026-11-24', plannedArrival: '21:30' }],
    });
  });

  test('that moves arrives as planned in its first home and departs from its last', async () => {
    const [first] = bare().stay;
    const second = { ...first, unitId: 'b', checkInDateLocalized: '2026-11-24', checkOutDateLocalized: '2026-11-25' };
    const older = { ...single, plannedDeparture: '09:30' };
    const at = guestyWorld((path, query) =>
      path === '/reservations'
        ? { status: 200, body: { results: [older] } }
        : ordinary(() => bare({ stay: [second, first] }))(path, query),
    );
    await at.deliver(told);
    const nights = { checkInDate: '2026-11-21', checkOutDate: '2026-11-24' };
    expect(at.facts('reservation', RESERVATION)).toMatchObject({
      stay: [
        { listingId: LISTING, ...nights, plannedArrival: '21:30' },
        { listingId: 'b', checkInDate: '2026-11-24', checkOutDate: '2026-11-25', plannedDeparture: '09:30' },
      ],
    });
  });

  test.each([404, 400, 403])('stands as it is where the older list answers %i', async status => {
    const at = guestyWorld((path, query) =>
      path === '/reservations' ? { status, body: { error: 'no' } } : ordinary(bare)(path, query),
    );
    await at.deliver(told);
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ guestId: GUEST, stay: [{ listingId: LISTING }] });
    expect(at.logged.join('')).toContain('reservations.incomplete');
  });

  test('is not written by halves while the older list is away', async () => {
    let isAway = true;
    const at = guestyWorld((path, query) => {
      if (path !== '/reservations') return ordinary(bare)(path, query);
      return isAway ? { status: 503, body: 'oops' } : { status: 200, body: { results: [single] } };
    });
    await at.deliver(told);
    expect(at.facts('reservation', RESERVATION)).toBeUndefined();
    isAway = false;
    at.clock.now += NOT_YET_MS;
    await at.read();
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ guestName: 'Grace Guest' });
  });
});
