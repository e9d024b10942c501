import { guestyClient } from '@innkeeper/shared/adapters/guesty/guesty-client';
import { Secret } from '@innkeeper/shared/config/secret';
import { consumeDeliveries } from '@innkeeper/shared/ingest/consume-deliveries';
import { createLog } from '@innkeeper/shared/log/log';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryOverflow } from '@innkeeper/shared/testing/in-memory-overflow';
import { queuedMessage } from '@innkeeper/shared/testing/queued-message';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import guestCreated from './__fixtures__/guest.created.doc-sample.json' with { type: 'json' };
import listingUpdated from './__fixtures__/listing.updated.constructed.json' with { type: 'json' };
import flatEvent from './__fixtures__/reservation.created.v2.flat.constructed.json' with { type: 'json' };
import idsOnly from './__fixtures__/reservation.created.v2.ids-only.constructed.json' with { type: 'json' };
import messageReceived from './__fixtures__/reservation.messageReceived.airbnb.json' with { type: 'json' };
import legacyEvent from './__fixtures__/reservation.new.legacy.doc-sample-partial.json' with { type: 'json' };
import datesEvent from './__fixtures__/reservation.updated.v2.dates.constructed.json' with { type: 'json' };
import single from './__fixtures__/rest.reservation.v1.single.constructed.json' with { type: 'json' };
import taskCreated from './__fixtures__/task.created.constructed.json' with { type: 'json' };
import { createGuestySource } from './guesty-source.ts';
import { createGuestyReads } from './hydration/guesty-reads.ts';
import { createGuestyTokens, type TokenState } from './hydration/guesty-tokens.ts';
import { createRateGate } from './hydration/rate-gate.ts';

const START = Date.parse('2026-11-21T09:00:00.000Z');
const RESERVATION = '69aa00000000000000000001';
const LISTING = '69aa000000000000000000a1';

const v3 = (changes: object = {}) => ({
  reservationId: RESERVATION,
  status: 'confirmed',
  guestId: '69aa00000000000000000101',
  guest: { _id: '69aa00000000000000000101', fullName: 'Grace Guest' },
  stay: [
    {
      unitId: LISTING,
      checkInDateLocalized: '2026-11-21',
      checkOutDateLocalized: '2026-11-24',
      plannedArrivalTime: '21:30',
    },
  ],
  ...changes,
});

type Vendor = (
  path: string,
  query: URLSearchParams,
) => { status: number; body: unknown; headers?: Record<string, string> };

/** The Worker's consumer as wired in production, with a scripted vendor and stores in memory. */
function consumer(vendor: Vendor) {
  const clock = { now: START };
  const calls: string[] = [];
  let stored: TokenState | undefined;
  const client = guestyClient({
    baseUrl: 'https://guesty.example.com/v1',
    tokenUrl: 'https://guesty.example.com/oauth2/token',
    clientId: 'id',
    clientSecret: new Secret('secret'),
    fetch: input => {
      const url = new URL(input);
      calls.push(url.pathname);
      const answer =
        url.pathname === '/oauth2/token'
          ? { status: 200, body: { access_token: `t${calls.length}`, expires_in: 86_400 } }
          : vendor(url.pathname.slice('/v1'.length), url.searchParams);
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      return Promise.resolve(
        new Response(text, { status: answer.status, headers: 'headers' in answer ? (answer.headers ?? {}) : {} }),
      );
    },
  });
  const store = inMemoryDocumentStore({ now: () => clock.now });
  const now = () => (clock.now += 1);
  const reads = createGuestyReads({
    client,
    gate: createRateGate(),
    now,
    wait: ms => {
      clock.now += ms;
      return Promise.resolve();
    },
    tokens: createGuestyTokens({
      now,
      request: client.requestToken,
      storage: {
        read: () => Promise.resolve(stored),
        write: state => {
          stored = state;
          return Promise.resolve();
        },
      },
    }),
  });
  const source = createGuestySource({ reads, store });
  const ports = {
    store,
    overflow: inMemoryOverflow(),
    log: createLog('test', () => undefined),
    now,
    random: () => 0.5,
    wait: () => Promise.resolve(),
  };
  let deliveries = 0;
  const deliver = async (payload: object, eventId = `e${(deliveries += 1)}`) => {
    const receivedAt = new Date(now()).toISOString();
    const body = { inline: JSON.stringify(payload) };
    const message = queuedMessage({ v: 1, source: 'guesty', eventId, receivedAt, body });
    await consumeDeliveries(ports, source, [message]);
    return message.fate;
  };
  const facts = (kind: string, id: string) => store.documents.get(`records/guesty:${kind}:${id}`)?.fields['facts'];
  const record = (kind: string, id: string) => store.documents.get(`records/guesty:${kind}:${id}`)?.fields;
  return { deliver, facts, record, calls, clock, store };
}

const notFound = { status: 404, body: { error: 'not found' } };

/** A vendor with one reservation behind the newer route, and one home. */
const ordinary =
  (reservation: () => object): Vendor =>
  (path, query) => {
    if (path === '/reservations-v3')
      return { status: 200, body: query.getAll('reservationIds[]').includes(RESERVATION) ? [reservation()] : [] };
    return path === `/listings/${LISTING}` ? { status: 200, body: listingUpdated.listing } : notFound;
  };

describe('a reservation event', () => {
  test('brings the state the vendor has now, with its home and guest', async () => {
    const at = consumer(ordinary(v3));
    expect(await at.deliver(datesEvent)).toBe('acknowledged');
    expect(at.facts('reservation', RESERVATION)).toMatchObject({
      guestName: 'Grace Guest',
      confirmationCode: 'HMTEST0002',
      stay: [{ checkOutDate: '2026-11-24', plannedArrival: '21:30' }],
    });
    expect(at.facts('listing', LISTING)).toMatchObject({ nickname: 'Room 1', timezone: 'Europe/London' });
    expect(at.facts('guest', '69aa00000000000000000101')).toMatchObject({ fullName: 'Grace Guest' });
    expect(at.calls).toEqual(['/oauth2/token', '/v1/reservations-v3', `/v1/listings/${LISTING}`]);
  });

  test('asks for homes and guests only while they are unknown', async () => {
    const at = consumer(ordinary(v3));
    await at.deliver(listingUpdated);
    await at.deliver(datesEvent);
    await at.deliver({ ...datesEvent, publishedAt: '2026-11-20T19:00:00.000Z' });
    expect(at.calls.filter(path => path.startsWith('/v1/listings'))).toEqual([]);
  });

  test('reads a guest whose name the answer does not have, and names the booking by it', async () => {
    const at = consumer((path, query) =>
      path.startsWith('/guests-crud/')
        ? { status: 200, body: { ...guestCreated.guest, _id: '69aa00000000000000000101' } }
        : ordinary(() => v3({ guest: undefined }))(path, query),
    );
    await at.deliver(idsOnlyFor(RESERVATION));
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ guestName: 'Gerald Charlton' });
    expect(at.facts('guest', '69aa00000000000000000101')).toMatchObject({ phones: ['12016665626'] });
  });

  test.each([
    ['bare', (list: object[]) => list],
    ['in results', (list: object[]) => ({ results: list })],
    ['in data', (list: object[]) => ({ data: list })],
  ])('takes the vendor’s list %s', async (_form, wrap) => {
    const at = consumer((path, query) =>
      path === '/reservations-v3' ? { status: 200, body: wrap([v3()]) } : ordinary(v3)(path, query),
    );
    await at.deliver(datesEvent);
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ guestName: 'Grace Guest' });
  });

  test.each([404, 405, 410, 400])('falls back to the older route when the newer one answers %i', async status => {
    const at = consumer((path, query) => {
      if (path === '/reservations-v3') return { status, body: { error: 'no' } };
      return path === `/reservations/${RESERVATION}` ? { status: 200, body: single } : ordinary(v3)(path, query);
    });
    expect(await at.deliver(idsOnlyFor(RESERVATION))).toBe('acknowledged');
    expect(at.facts('reservation', RESERVATION)).toMatchObject({
      confirmationCode: 'HMTEST0002',
      guestName: 'Grace Guest',
    });
  });

  test('stands by its own facts where the vendor knows no such booking, and is parked where it has none', async () => {
    const at = consumer(() => notFound);
    expect(await at.deliver(flatEvent)).toBe('acknowledged');
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ status: 'confirmed', stay: [{ listingId: LISTING }] });
    expect(await at.deliver(legacyEvent)).toBe('acknowledged');
    expect(at.facts('reservation', '59d11425af06e3100095e9fe')).toMatchObject({ status: 'inquiry' });
    expect(await at.deliver(idsOnly, 'lean')).toBe('acknowledged');
    expect(at.store.documents.get('parked/guesty-lean')?.fields).toMatchObject({ reason: 'vendor_unknown' });
  });

  test.each([
    ['500', { status: 500, body: 'oops' }],
    ['an HTML page', { status: 200, body: '<html>Just a moment</html>' }],
    ['429', { status: 429, body: {}, headers: { 'retry-after': '90' } }],
    ['401', { status: 401, body: {} }],
    ['403', { status: 403, body: {} }],
    ['a redirect', { status: 302, body: '', headers: { location: 'https://elsewhere.example.com' } }],
  ])(
    'is searchable by its own facts while the vendor answers %s, and comes back for the rest',
    async (_what, answer) => {
      let broken = true;
      const at = consumer((path, query) => (broken ? answer : ordinary(v3)(path, query)));
      const fate = await at.deliver(datesEvent, 'e1');
      expect(fate).toHaveProperty('delaySeconds');
      expect(at.facts('reservation', RESERVATION)).toMatchObject({ stay: [{ checkOutDate: '2026-11-25' }] });
      expect(at.store.documents.has('events/e1')).toBe(false);

      broken = false;
      at.clock.now += 91_000;
      expect(await at.deliver(datesEvent, 'e1')).toBe('acknowledged');
      expect(at.facts('reservation', RESERVATION)).toMatchObject({ stay: [{ plannedArrival: '21:30' }] });
      expect(at.record('reservation', RESERVATION)).toMatchObject({ provenance: { via: 'hydration' } });
    },
  );

  test('waits as long as the vendor says', async () => {
    const at = consumer(() => ({ status: 429, body: {}, headers: { 'retry-after': '90' } }));
    expect(await at.deliver(flatEvent)).toEqual({ delaySeconds: 90 });
  });

  test('a refused token is replaced once, a refused key costs no second one', async () => {
    let refuse = true;
    const at = consumer((path, query) => {
      if (!refuse) return ordinary(v3)(path, query);
      refuse = false;
      return { status: 401, body: {} };
    });
    expect(await at.deliver(datesEvent)).toBe('acknowledged');
    expect(at.calls.filter(path => path === '/oauth2/token')).toHaveLength(2);

    const denied = consumer(() => ({ status: 403, body: {} }));
    await denied.deliver(datesEvent);
    expect(denied.calls.filter(path => path === '/oauth2/token')).toHaveLength(1);
  });

  test('an older event changes nothing that was read, a change the vendor forgot to date counts', async () => {
    let reservation = v3({ lastUpdatedAt: '2026-11-20T18:40:01.900Z' });
    const at = consumer(ordinary(() => reservation));
    await at.deliver(datesEvent);
    const before = at.facts('reservation', RESERVATION);
    await at.deliver(flatEvent);
    expect(at.facts('reservation', RESERVATION)).toEqual(before);
    reservation = v3({ lastUpdatedAt: '2026-11-20T18:40:01.900Z', status: 'canceled' });
    await at.deliver({ ...datesEvent, publishedAt: '2026-11-20T20:00:00.000Z' });
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ status: 'canceled' });
  });

  test('without a reservation id it is parked', async () => {
    const at = consumer(ordinary(v3));
    await at.deliver({ event: 'reservation.updated.v2', data: {} }, 'e1');
    expect(at.store.documents.get('parked/guesty-e1')?.fields).toMatchObject({ reason: 'payload_unexpected' });
  });

  test('the door code is nowhere in what is stored', async () => {
    const at = consumer(ordinary(() => v3({ keyCode: '83920', notes: { keyCode: '83921', other: 'early' } })));
    await at.deliver({ ...datesEvent, data: { ...datesEvent.data, keyCode: '83922' } });
    expect(
      JSON.stringify([...at.store.documents.values()].map(document => JSON.stringify(document.fields, bigints))),
    ).not.toMatch(/8392[012]/u);
  });
});

describe('a guest message', () => {
  const reservationId = messageReceived.reservationId;

  test('carries the home of its booking, which is read when it is new', async () => {
    const at = consumer((path, query) =>
      path === '/reservations-v3' ? { status: 200, body: [v3({ reservationId })] } : ordinary(v3)(path, query),
    );
    expect(await at.deliver(messageReceived)).toBe('acknowledged');
    expect(at.facts('guest-message', messageReceived.message.postId)).toMatchObject({
      author: 'guest',
      channel: 'airbnb2',
      listingId: LISTING,
      reservationId,
      guestName: 'Grace Guest',
      text: messageReceived.message.body,
    });
    expect(at.facts('reservation', reservationId)).toBeDefined();
  });

  test('is there at once while the vendor is away, and gets its home later', async () => {
    let broken = true;
    const at = consumer((path, query) => {
      if (broken) return { status: 503, body: {} };
      return path === '/reservations-v3' ? { status: 200, body: [v3({ reservationId })] } : ordinary(v3)(path, query);
    });
    expect(await at.deliver(messageReceived, 'e1')).toHaveProperty('delaySeconds');
    expect(at.facts('guest-message', messageReceived.message.postId)).not.toHaveProperty('listingId');
    broken = false;
    expect(await at.deliver(messageReceived, 'e1')).toBe('acknowledged');
    expect(at.facts('guest-message', messageReceived.message.postId)).toHaveProperty('listingId', LISTING);
  });

  test('of an enquiry without a booking asks nobody', async () => {
    const at = consumer(() => notFound);
    const { reservationId: _none, ...enquiry } = messageReceived;
    await at.deliver({ ...enquiry, conversation: { ...enquiry.conversation, meta: { guestName: 'Grace Guest' } } });
    expect(at.facts('guest-message', messageReceived.message.postId)).toMatchObject({ guestName: 'Grace Guest' });
    expect(at.calls).toEqual([]);
  });

  test.each([
    ['fromGuest', 'guest'],
    ['toHost', 'guest'],
    ['fromHost', 'host'],
    ['toGuest', 'host'],
    ['log', 'system'],
    [undefined, 'system'],
  ])('of type %s is by the %s', async (type, author) => {
    const at = consumer(() => notFound);
    await at.deliver({ ...messageReceived, message: { ...messageReceived.message, type } });
    expect(at.facts('guest-message', messageReceived.message.postId)).toMatchObject({ author });
  });
});

describe('listings, guests and the rest', () => {
  test('a listing is kept with its zone and default times, and its removal is for good', async () => {
    const at = consumer(() => notFound);
    await at.deliver({ ...listingUpdated, event: 'listing.removed', listing: { _id: LISTING } });
    expect(at.record('listing', LISTING)).toMatchObject({ deleted: true });
    await at.deliver(listingUpdated);
    expect(at.record('listing', LISTING)).toMatchObject({
      deleted: true,
      facts: { timezone: 'Europe/London', defaultCheckInTime: '15:00', description: [{ topic: 'access' }] },
    });
  });

  test('a guest is kept with contacts for linking callers, and its removal is for good', async () => {
    const at = consumer(() => notFound);
    const id = guestCreated.guest._id;
    await at.deliver(guestCreated);
    expect(at.facts('guest', id)).toMatchObject({ fullName: 'Gerald Charlton', emails: ['gerald@example.com'] });
    await at.deliver({ ...guestCreated, event: 'guest.deleted' });
    await at.deliver({ ...guestCreated, event: 'guest.updated' });
    expect(at.record('guest', id)).toMatchObject({ deleted: true });
  });

  test('an event that is not mapped is kept and costs no call', async () => {
    const at = consumer(() => notFound);
    await at.deliver(taskCreated, 'e1');
    expect(at.store.documents.get('events/e1')?.fields).toMatchObject({
      outcome: 'unsupported',
      event: 'task.created',
    });
    expect(at.calls).toEqual([]);
  });

  test('a home the vendor will not tell for now does not hold up the booking', async () => {
    const at = consumer((path, query) =>
      path.startsWith('/listings') ? { status: 500, body: {} } : ordinary(v3)(path, query),
    );
    expect(await at.deliver(datesEvent)).toHaveProperty('delaySeconds');
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ stay: [{ plannedArrival: '21:30' }] });
  });
});

test('no body crashes the mapping, whatever stands in its fields', async () => {
  const keys = [
    '_id',
    'reservationId',
    'status',
    'stay',
    'listingId',
    'checkIn',
    'checkInDateLocalized',
    'guest',
    'notes',
  ];
  const inner = fc.dictionary(fc.constantFrom(...keys), fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant('r')));
  const events = [
    'reservation.updated.v2',
    'reservation.new',
    'reservation.messageSent',
    'listing.removed',
    'guest.updated',
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...events), inner, inner, async (event, first, second) => {
      const vendor = () => ({ status: 200, body: [{ ...second, reservationId: 'r' }] });
      const payload = { event, data: first, reservation: first, listing: first, guest: first, message: second };
      expect(await consumer(vendor).deliver(payload)).toBe('acknowledged');
    }),
    { numRuns: 150 },
  );
});

const idsOnlyFor = (reservationId: string) => ({ ...idsOnly, data: { ...idsOnly.data, reservationId } });
const bigints = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
