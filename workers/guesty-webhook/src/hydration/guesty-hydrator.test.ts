import { describe, expect, test } from 'vitest';
import guestCreated from '../__fixtures__/guest.created.doc-sample.json' with { type: 'json' };
import listingUpdated from '../__fixtures__/listing.updated.constructed.json' with { type: 'json' };
import flatEvent from '../__fixtures__/reservation.created.v2.flat.constructed.json' with { type: 'json' };
import idsOnly from '../__fixtures__/reservation.created.v2.ids-only.constructed.json' with { type: 'json' };
import messageReceived from '../__fixtures__/reservation.messageReceived.airbnb.json' with { type: 'json' };
import legacyEvent from '../__fixtures__/reservation.new.legacy.doc-sample-partial.json' with { type: 'json' };
import datesEvent from '../__fixtures__/reservation.updated.v2.dates.constructed.json' with { type: 'json' };
import single from '../__fixtures__/rest.reservation.v1.single.constructed.json' with { type: 'json' };
import { allText, GUEST, LISTING, ordinary, RESERVATION, v3 } from '../testing/booking.ts';
import { askUntilGone, guestyWorld, NOT_FOUND, NOT_YET_MS, type ScriptedVendor } from '../testing/guesty-world.ts';

const idsOnlyFor = (reservationId: string) => ({ ...idsOnly, data: { ...idsOnly.data, reservationId } });
const hint = (publishedAt: string) => ({ ...datesEvent, publishedAt });
describe('a reservation that is marked', () => {
  test('becomes the state the vendor has now, with its home and guest', async () => {
    const at = guestyWorld(ordinary(v3));
    await at.deliver(datesEvent);
    expect(at.facts('reservation', RESERVATION)).toMatchObject({
      guestName: 'Grace Guest',
      confirmationCode: 'HMTEST0002',
      stay: [{ checkOutDate: '2026-11-24', plannedArrival: '21:30' }],
    });
    expect(at.facts('listing', LISTING)).toMatchObject({ nickname: 'Room 1', timezone: 'Europe/London' });
    expect(at.facts('guest', GUEST)).toMatchObject({ fullName: 'Grace Guest' });
    expect(at.calls).toEqual(['/oauth2/token', '/v1/reservations-v3', `/v1/listings/${LISTING}`]);
  });

  test('asks for homes and guests only while they are unknown', async () => {
    const at = guestyWorld(ordinary(v3));
    await at.deliver(hint('2026-11-20T18:40:00.000Z'));
    await at.deliver(hint('2026-11-20T19:00:00.000Z'));
    expect(at.calls.filter(path => path.startsWith('/v1/listings'))).toHaveLength(1);
  });

  test('reads a new guest whose name the booking does not tell', async () => {
    const at = guestyWorld((path, query) =>
      path.startsWith('/guests-crud/')
        ? { status: 200, body: { ...guestCreated.guest, _id: GUEST } }
        : ordinary(() => v3({ guest: undefined }))(path, query),
    );
    await at.deliver(idsOnlyFor(RESERVATION));
    expect(at.facts('guest', GUEST)).toMatchObject({ fullName: 'Gerald Charlton', phones: ['12016665626'] });
  });

  test('shares one call with up to nine others', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `r${index}`);
    const asked: string[][] = [];
    const at = guestyWorld((path, query) => {
      if (path !== '/reservations-v3') return ordinary(v3)(path, query);
      asked.push(query.getAll('reservationIds[]'));
      return { status: 200, body: query.getAll('reservationIds[]').map(reservationId => v3({ reservationId })) };
    });
    for (const id of ids) await at.take(idsOnlyFor(id));
    await at.read();
    expect(asked.map(batch => batch.length)).toEqual([10, 2]);
    expect(ids.every(id => at.facts('reservation', id) !== undefined)).toBe(true);
  });

  test.each([
    ['bare', (list: object[]) => list],
    ['in results', (list: object[]) => ({ results: list })],
    ['in data', (list: object[]) => ({ data: list })],
  ])('takes the vendor’s list %s', async (_form, wrap) => {
    const at = guestyWorld((path, query) =>
      path === '/reservations-v3' ? { status: 200, body: wrap([v3()]) } : ordinary(v3)(path, query),
    );
    await at.deliver(datesEvent);
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ guestName: 'Grace Guest' });
  });

  test.each([404, 405, 410, 400])('falls back to the older route when the newer one answers %i', async status => {
    const at = guestyWorld((path, query) => {
      if (path === '/reservations-v3') return { status, body: { error: 'no' } };
      return path === `/reservations/${RESERVATION}` ? { status: 200, body: single } : ordinary(v3)(path, query);
    });
    await at.deliver(idsOnlyFor(RESERVATION));
    expect(at.facts('reservation', RESERVATION)).toMatchObject({
      confirmationCode: 'HMTEST0002',
      guestName: 'Grace Guest',
    });
  });

  test('is asked for by the older route too before it counts as gone', async () => {
    const at = guestyWorld((path, query) => {
      if (path === '/reservations-v3') return { status: 200, body: [] };
      return path === `/reservations/${RESERVATION}` ? { status: 200, body: single } : ordinary(v3)(path, query);
    });
    await at.deliver(idsOnlyFor(RESERVATION));
    expect(at.facts('reservation', RESERVATION)).toBeUndefined();
    at.clock.now += NOT_YET_MS;
    await at.read();
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ confirmationCode: 'HMTEST0002' });
  });

  test('that the vendor stops showing ends, and lives again when it is shown again', async () => {
    let shown = true;
    const at = guestyWorld((path, query) => (shown ? ordinary(v3)(path, query) : NOT_FOUND));
    await at.deliver(hint('2026-11-20T18:40:00.000Z'));
    shown = false;
    await at.deliver(hint('2026-11-20T18:50:00.000Z'));
    expect(at.record('reservation', RESERVATION)).toMatchObject({ deleted: false });
    await askUntilGone(at);
    expect(at.record('reservation', RESERVATION)).toMatchObject({ deleted: true, facts: { status: 'confirmed' } });
    shown = true;
    await at.deliver(hint('2026-11-20T18:55:00.000Z'));
    expect(at.record('reservation', RESERVATION)).toMatchObject({ deleted: false });
  });

  test('that nobody ever knew is parked, in time', async () => {
    const at = guestyWorld(() => NOT_FOUND);
    await at.deliver(idsOnly);
    await askUntilGone(at);
    expect([...at.store.documents.values()].map(document => document.fields['reason'])).toContain('vendor_unknown');
  });

  const away: [string, ReturnType<ScriptedVendor>][] = [
    ['500', { status: 500, body: 'oops' }],
    ['an HTML page', { status: 200, body: '<html>Just a moment</html>' }],
    ['429', { status: 429, body: {}, headers: { 'retry-after': '90' } }],
    ['401', { status: 401, body: {} }],
    ['403', { status: 403, body: {} }],
    ['a redirect', { status: 302, body: '', headers: { location: 'https://elsewhere.example.com' } }],
  ];
  test.each(away)('stands by the event’s own facts while the vendor answers %s', async (_what, answer) => {
    let broken = true;
    const at = guestyWorld((path, query) => (broken ? answer : ordinary(v3)(path, query)));
    expect(await at.deliver(datesEvent, 'e1')).toBe('acknowledged');
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ stay: [{ checkOutDate: '2026-11-25' }] });

    broken = false;
    at.clock.now += 91_000;
    await at.read();
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ stay: [{ plannedArrival: '21:30' }] });
    expect(at.record('reservation', RESERVATION)).toMatchObject({ provenance: { via: 'hydration', eventId: 'e1' } });
  });

  test('waits as long as the vendor says', async () => {
    const at = guestyWorld(() => ({ status: 429, body: {}, headers: { 'retry-after': '90' } }));
    await at.deliver(flatEvent);
    const [due = 0] = [at.dirtySet.nextDueMs()];
    expect(due - at.clock.now).toBeGreaterThan(89_000);
  });

  test('replaces a refused token once; a refused key costs no second one', async () => {
    let refuse = true;
    const at = guestyWorld((path, query) => {
      if (!refuse) return ordinary(v3)(path, query);
      refuse = false;
      return { status: 401, body: {} };
    });
    await at.deliver(datesEvent);
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ guestName: 'Grace Guest' });
    expect(at.calls.filter(path => path === '/oauth2/token')).toHaveLength(2);

    const denied = guestyWorld(() => ({ status: 403, body: {} }));
    await denied.deliver(datesEvent);
    expect(denied.calls.filter(path => path === '/oauth2/token')).toHaveLength(1);
  });

  test('loses nothing to an older event, and nothing that the vendor forgot to date', async () => {
    let reservation = v3({ lastUpdatedAt: '2026-11-20T18:40:01.900Z' });
    const at = guestyWorld(ordinary(() => reservation));
    await at.deliver(datesEvent);
    const before = at.facts('reservation', RESERVATION);
    await at.deliver(flatEvent);
    expect(at.facts('reservation', RESERVATION)).toEqual(before);
    reservation = v3({ lastUpdatedAt: '2026-11-20T18:40:01.900Z', status: 'canceled' });
    await at.deliver(hint('2026-11-20T20:00:00.000Z'));
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ status: 'canceled' });
  });

  test('is not held up by a home the vendor will not tell for now, and stays due for it', async () => {
    let broken = true;
    const at = guestyWorld((path, query) =>
      broken && path.startsWith('/listings') ? { status: 500, body: {} } : ordinary(v3)(path, query),
    );
    await at.deliver(datesEvent);
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ stay: [{ plannedArrival: '21:30' }] });
    broken = false;
    at.clock.now += NOT_YET_MS;
    await at.read();
    expect(at.facts('listing', LISTING)).toMatchObject({ nickname: 'Room 1' });
  });

  test('keeps a state nobody has met as text, and tells of it once', async () => {
    const at = guestyWorld(ordinary(() => v3({ status: 'on_hold' })));
    await at.deliver(idsOnlyFor(RESERVATION));
    await at.deliver(idsOnlyFor(RESERVATION));
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ status: 'unknown', statusText: 'on_hold' });
    expect(at.logged.filter(line => line.includes('"value.unseen"') && line.includes('on_hold'))).toHaveLength(1);
  });

  test('brings no door code to rest, wherever the vendor puts it', async () => {
    const at = guestyWorld(ordinary(() => v3({ keyCode: '83920', notes: { keyCode: '83921', other: 'early' } })));
    await at.deliver({ ...datesEvent, data: { ...datesEvent.data, keyCode: '83922' } });
    expect(allText(at.store.documents)).not.toMatch(/8392[012]/u);
  });
});

describe('messages of a booking', () => {
  const reservationId = messageReceived.reservationId;
  const { postId } = messageReceived.message;
  const booked = (stay?: object[]) => v3({ reservationId, ...(stay === undefined ? {} : { stay }) });
  const vendor =
    (reservation: () => object): ScriptedVendor =>
    (path, query) =>
      path === '/reservations-v3' ? { status: 200, body: [reservation()] } : ordinary(v3)(path, query);

  test('written before it was known get their home with it', async () => {
    const at = guestyWorld(vendor(() => booked()));
    await at.take(messageReceived);
    expect(at.facts('guest-message', postId)).not.toHaveProperty('listingId');
    await at.read();
    expect(at.facts('guest-message', postId)).toHaveProperty('listingId', LISTING);
    expect(at.facts('reservation', reservationId)).toBeDefined();
  });

  test('follow it to another home', async () => {
    let stay: object[] | undefined;
    const at = guestyWorld(vendor(() => booked(stay)));
    await at.deliver(messageReceived);
    stay = [{ unitId: 'elsewhere', checkInDateLocalized: '2026-01-25', checkOutDateLocalized: '2026-01-27' }];
    await at.deliver({ event: 'reservation.updated.v2', data: { reservationId } });
    expect(at.facts('guest-message', postId)).toHaveProperty('listingId', 'elsewhere');
  });

  test('have the home of the segment under way when they were written', async () => {
    const at = guestyWorld(
      vendor(() =>
        booked([
          { unitId: 'first', checkInDateLocalized: '2026-01-20', checkOutDateLocalized: '2026-01-25' },
          { unitId: 'second', checkInDateLocalized: '2026-01-25', checkOutDateLocalized: '2026-01-27' },
        ]),
      ),
    );
    await at.deliver(messageReceived);
    expect(at.facts('guest-message', postId)).toHaveProperty('listingId', 'second');
  });
});

describe('the rest', () => {
  test('a changed listing and guest without a time of their own are read', async () => {
    const at = guestyWorld(path => {
      if (path === `/listings/${LISTING}`) return { status: 200, body: { ...listingUpdated.listing, nickname: 'Now' } };
      return path.startsWith('/guests-crud/')
        ? { status: 200, body: { ...guestCreated.guest, fullName: 'Now' } }
        : NOT_FOUND;
    });
    await at.deliver(listingUpdated);
    await at.deliver({ ...guestCreated, event: 'guest.updated' });
    expect(at.facts('listing', LISTING)).toMatchObject({ nickname: 'Now' });
    expect(at.facts('guest', guestCreated.guest._id)).toMatchObject({ fullName: 'Now' });
  });

  test('a task the vendor no longer has ends', async () => {
    let body: object | undefined = {
      _id: 't1',
      title: 'Clean',
      status: 'pending',
      listing: { _id: LISTING },
      assignee: null,
    };
    const at = guestyWorld(() => (body === undefined ? NOT_FOUND : { status: 200, body }));
    await at.deliver({ event: 'task.updated', task: { _id: 't1', title: 'Clean', status: 'new' } });
    expect(at.facts('task', 't1')).toMatchObject({ status: 'pending', listingId: LISTING });
    body = undefined;
    await at.deliver({ event: 'task.updated', task: { _id: 't1', status: 'completed' } });
    await askUntilGone(at);
    expect(at.record('task', 't1')).toMatchObject({ deleted: true });
  });

  test('a subject nobody knows is parked', async () => {
    const at = guestyWorld(() => NOT_FOUND);
    const cause = { eventId: 'e1', event: 'x', receivedAt: new Date(at.clock.now).toISOString() };
    at.dirtySet.mark([{ subject: 'weather', id: '1', seenAtMs: 0, lane: 'live', cause }], at.clock.now);
    await at.read();
    expect(at.dirtySet.entries()).toEqual([]);
    expect(allText(at.store.documents)).toContain('payload_unexpected');
  });
});

test('an older event in full stands where the vendor knows nothing of it yet', async () => {
  const at = guestyWorld(() => NOT_FOUND);
  await at.deliver(legacyEvent);
  expect(at.facts('reservation', legacyEvent.reservation._id)).toMatchObject({ status: 'inquiry' });
});
