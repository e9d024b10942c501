import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDurability } from './describe-durability.ts';
import { describeOddBodies } from './describe-odd-bodies.ts';
import { describeSignatures } from './describe-signatures.ts';
import { fixture, type GuestyWorker, SECRET, sign, startGuestyWorker } from './start-guesty-worker.ts';

let worker: GuestyWorker;
beforeAll(async () => {
  worker = await startGuestyWorker();
});
afterAll(async () => {
  await worker.close();
});

const json = { 'content-type': 'application/json' };
const post = (body: string | ReadableStream<Uint8Array>, headers: Record<string, string>) =>
  fetch(`${worker.url}/webhooks/guesty`, { method: 'POST', headers, body, duplex: 'half' });

async function ids(collection: string): Promise<string[]> {
  const found = await worker.store.query({ collection });
  if (!found.ok) throw new Error(found.error.detail);
  return found.value.map(document => document.path);
}

async function fields(path: `${string}/${string}`): Promise<Record<string, unknown> | undefined> {
  const found = await worker.store.getAll([path]);
  if (!found.ok) throw new Error(found.error.detail);
  return found.value[0]?.fields;
}

describe('what is refused', () => {
  const body = fixture('reservation.created.v2.flat.constructed');
  const signed = () => ({ ...json, ...sign(body, 'msg_refused') });

  test('leaves nothing behind', async () => {
    const answers = await Promise.all([
      post(body, json),
      post(body, { ...signed(), 'svix-signature': `v1,${btoa('x'.repeat(32))}` }),
      post(body, { ...signed(), 'svix-signature': 'v1,c2hvcnQ=' }),
      post(body, { ...json, ...sign(body, 'msg_refused', `whsec_${btoa('a stranger')}`) }),
      post(body, { ...json, ...sign(body, 'msg_refused', SECRET, Date.now() - 301_000) }),
      post(JSON.stringify(JSON.parse(body)), signed()),
      post(`${body} `, signed()),
      post(body, { ...signed(), 'content-type': 'text/plain' }),
      fetch(`${worker.url}/webhooks/guesty`),
      fetch(`${worker.url}/webhooks/guesty`, { method: 'PUT', headers: signed(), body }),
      fetch(`${worker.url}/webhooks`, { method: 'POST', headers: signed(), body }),
    ]);
    expect(answers.map(answer => answer.status)).toEqual([401, 401, 401, 401, 401, 401, 401, 415, 405, 405, 404]);
    expect(answers[8]?.headers.get('allow')).toBe('POST');
    for (const answer of answers) expect((await answer.text()).length).toBeLessThan(60);
    await worker.quiet();
    expect(await ids('events')).toEqual([]);
  });

  test.each([
    '',
    '{',
    '{"event":"reservation.created.v2"',
    '[1,2',
    '"text',
    'null',
    '[]',
    '17',
    '\u0000',
    '<html></html>',
  ])('signed, but %j is no JSON object', async text => {
    const answer = await post(text, { ...json, ...sign(text, 'msg_malformed') });
    expect(answer.status).toBe(400);
  });

  test('a body that says or turns out to be larger than 2 MiB', async () => {
    const large = 'x'.repeat(2 * 1024 * 1024 + 1);
    expect((await post(large, signed())).status).toBe(413);
  });

  test('10 MB sent bit by bit are refused, and the sender is told rather than cut off', async () => {
    let sent = 0;
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise(resolve => setImmediate(resolve));
        if (sent >= 10_000_000) return controller.close();
        sent += 100_000;
        return controller.enqueue(new Uint8Array(100_000));
      },
    });
    const answer = await post(stream, signed());
    expect(answer.status).toBe(413);
  });

  test('a sender that breaks off in the middle harms nobody', async () => {
    const { hostname, port } = new URL(worker.url);
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          'POST /webhooks/guesty HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"ev',
        );
        socket.end();
      });
      socket.on('close', () => resolve());
      socket.on('error', reject);
      socket.resume();
    });
    expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
  });
});

describe('what is accepted', () => {
  const reservation = (id: string, changes: object = {}) => ({
    status: 'confirmed',
    guestId: `guest-of-${id}`,
    guest: { _id: `guest-of-${id}`, fullName: 'Grace Guest' },
    stay: [{ unitId: 'home-1', checkInDateLocalized: '2026-12-24', checkOutDateLocalized: '2026-12-27' }],
    ...changes,
  });
  const event = (id: string, changes: object = {}) =>
    JSON.stringify({ event: 'reservation.updated.v2', data: { reservationId: id, status: 'confirmed' }, ...changes });

  test('a lean event is hydrated into its booking, its home and its guest', async () => {
    const home = {
      nickname: 'Garden Studio',
      timezone: 'Europe/London',
      defaultCheckInTime: '15:00',
      defaultCheckOutTime: '10:00',
    };
    await worker.put('listings', 'home-1', home);
    await worker.put('reservations', 'r-1', reservation('r-1', { reservationId: 'r-1', notes: { keyCode: '83920' } }));
    expect((await worker.deliver(event('r-1'), { id: 'msg_lean' })).status).toBe(200);
    await worker.settled();
    expect(await fields('records/guesty:reservation:r-1')).toMatchObject({
      facts: { guestName: 'Grace Guest', stay: [{ listingId: 'home-1', checkInDate: '2026-12-24' }] },
      provenance: { via: 'hydration', eventId: 'msg_lean' },
    });
    expect(await fields('records/guesty:listing:home-1')).toMatchObject({ facts: { nickname: 'Garden Studio' } });
    expect(await fields('records/guesty:guest:guest-of-r-1')).toMatchObject({ facts: { fullName: 'Grace Guest' } });
    expect(await fields('events/msg_lean')).toMatchObject({ outcome: 'marked', event: 'reservation.updated.v2' });
  });

  test('the same delivery again changes nothing', async () => {
    const stored = () => worker.store.getAll(['records/guesty:reservation:r-2', 'events/msg_twice']);
    await worker.put('reservations', 'r-2', reservation('r-2', { reservationId: 'r-2' }));
    await worker.deliver(event('r-2'), { id: 'msg_twice' });
    await worker.settled();
    const before = await stored();
    const repeats = await Promise.all([1, 2, 3].map(() => worker.deliver(event('r-2'), { id: 'msg_twice' })));
    expect(repeats.map(answer => answer.status)).toEqual([200, 200, 200]);
    await worker.settled();
    expect(await stored()).toEqual(before);
  });

  test('a burst about many bookings passes the vendor’s limits, and every booking is there', async () => {
    const all = Array.from({ length: 20 }, (_none, index) => `burst-${index}`);
    await Promise.all(all.map(id => worker.put('reservations', id, reservation(id, { reservationId: id }))));
    await Promise.all([...all, ...all].map(id => worker.deliver(event(id))));
    await worker.settled();
    const records = new Set(await ids('records'));
    expect(all.filter(id => !records.has(`records/guesty:reservation:${id}`))).toEqual([]);
  });

  test('an event that is not acted on is kept as unsupported, with the reason', async () => {
    const folio = JSON.stringify({ event: 'guest-folio.updated', data: { folioId: 'f-1' } });
    expect((await worker.deliver(folio, { id: 'msg_folio' })).status).toBe(200);
    await worker.deliver(JSON.stringify({ event: 'reservation.dreamt' }), { id: 'msg_dreamt' });
    await worker.quiet();
    expect(await fields('events/msg_folio')).toMatchObject({
      outcome: 'unsupported',
      reason: expect.stringMatching(/^[a-z_]+$/u) as string,
    });
    expect(await fields('events/msg_dreamt')).toMatchObject({ outcome: 'unsupported', reason: 'unknown_event' });
  });

  test('a body over the queue’s limit arrives all the same, without its secrets', async () => {
    const times = { defaultCheckInTime: '15:00', defaultCheckOutTime: '10:00' };
    const home = { nickname: 'Large', timezone: 'Europe/Vienna', ...times };
    await worker.put('listings', 'home-large', home);
    const large = JSON.stringify({
      event: 'listing.updated',
      padding: 'ü "quoted" '.repeat(30_000),
      token: 'hidden-token',
      listing: { _id: 'home-large', ...home },
    });
    expect((await worker.deliver(large, { id: 'msg_large' })).status).toBe(200);
    await worker.quiet();
    expect(await fields('records/guesty:listing:home-large')).toMatchObject({ facts: { nickname: 'Large' } });
    const stored = JSON.stringify((await fields('events/msg_large'))?.['payload']);
    expect(stored).toContain('quoted');
    expect(stored).not.toContain('hidden-token');
  });

  test('a booking without an id is parked where a person sees it', async () => {
    await worker.deliver(JSON.stringify({ event: 'reservation.updated.v2', data: {} }), { id: 'msg_poison' });
    await worker.quiet();
    expect(await fields('parked/guesty-msg_poison')).toMatchObject({
      reason: 'payload_unexpected',
      subject: 'events/msg_poison',
    });
  });

  test('a retired secret that is still listed opens, too, and so do the neutral header names', async () => {
    const body = fixture('guest.created.doc-sample');
    const { guest } = JSON.parse(body) as { guest: { _id: string } };
    await worker.put('guests', guest._id, guest);
    const retired = sign(body, 'msg_retired', `whsec_${Buffer.from('the key before that').toString('base64')}`);
    const neutral = Object.fromEntries(
      Object.entries(retired).map(([name, value]) => [name.replace('svix', 'webhook'), value]),
    );
    expect((await post(body, { ...json, ...neutral })).status).toBe(200);
    await worker.quiet();
    expect(await fields('records/guesty:guest:6310a0759dcce60032e95a6c')).toMatchObject({
      facts: { lastName: 'Charlton' },
    });
  });
});

describe('while others are down', () => {
  test('an event is searchable by its own facts while Guesty is, and complete after', async () => {
    await worker.put('reservations', '69aa00000000000000000001', {
      reservationId: '69aa00000000000000000001',
      status: 'confirmed',
      guest: { fullName: 'Grace Guest' },
      stay: [
        {
          unitId: 'home-1',
          checkInDateLocalized: '2026-11-21',
          checkOutDateLocalized: '2026-11-25',
          plannedArrivalTime: '21:30',
        },
      ],
    });
    await worker.setVendorFaults({ pathPrefix: '/v1/reservations', status: 500, body: '<html>gateway</html>' });
    const answer = await worker.deliver(fixture('reservation.created.v2.flat.constructed'), { id: 'msg_away' });
    expect(answer.status).toBe(200);
    await worker.quiet();
    const path = 'records/guesty:reservation:69aa00000000000000000001';
    expect(await fields(path)).toMatchObject({ facts: { status: 'confirmed', confirmationCode: 'HMTEST0002' } });
    expect(await fields('events/msg_away')).toMatchObject({ outcome: 'written' });
    await worker.setVendorFaults({});
    await worker.settled();
    expect(await fields(path)).toMatchObject({
      facts: { guestName: 'Grace Guest', confirmationCode: 'HMTEST0002', stay: [{ plannedArrival: '21:30' }] },
    });
  });

  test('deliveries are accepted while Firestore is, and catch up', async () => {
    worker.setFirestoreDown(true);
    const body = fixture('listing.updated.constructed');
    const { listing } = JSON.parse(body) as { listing: { _id: string } };
    await worker.put('listings', listing._id, listing);
    const answer = await worker.deliver(body, { id: 'msg_firestore' });
    expect(answer.status).toBe(200);
    await worker.quiet();
    expect(await fields('events/msg_firestore')).toBeUndefined();
    worker.setFirestoreDown(false);
    await worker.idle();
    expect(await fields('events/msg_firestore')).toMatchObject({ outcome: 'written' });
  });
});

describeSignatures(() => worker);
describeOddBodies(() => worker);
describeDurability(() => worker);

test('a restart costs no token and no delivery', async () => {
  await worker.settled();
  await worker.setVendorLimits({ rate: true, tokensPerDay: 1 });
  await worker.setVendorFaults({ pathPrefix: '/v1/reservations', status: 503 });
  await worker.put('reservations', 'r-restart', {
    reservationId: 'r-restart',
    status: 'confirmed',
    stay: [{ unitId: 'home-1', checkInDateLocalized: '2026-12-24', checkOutDateLocalized: '2026-12-27' }],
  });
  const body = JSON.stringify({ event: 'reservation.created.v2', data: { reservationId: 'r-restart' } });
  expect((await worker.deliver(body)).status).toBe(200);
  await worker.quiet();
  await worker.restart();
  await worker.setVendorFaults({});
  await worker.settled();
  expect(await fields('records/guesty:reservation:r-restart')).toMatchObject({ facts: { status: 'confirmed' } });
});

test('health is told without a signature', async () => {
  const answer = await fetch(`${worker.url}/healthz`);
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
});
