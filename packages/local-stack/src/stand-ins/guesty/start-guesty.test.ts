import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { guestyClient } from '@innkeeper/shared/adapters/guesty/guesty-client';
import { reservationIdOf } from '@innkeeper/shared/adapters/guesty/payload';
import { Secret } from '@innkeeper/shared/config/secret';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningStandIn } from '../run-stand-in.ts';
import { listing, reservation } from './__fixtures__/world.ts';
import { startGuesty } from './start-guesty.ts';

let directory: string;
let guesty: RunningStandIn;
let nowMs: number;

const start = () =>
  startGuesty({ port: 0, stateDirectory: directory, clientId: 'id', clientSecret: 'key', now: () => nowMs });

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'guesty-'));
  nowMs = Date.parse('2026-07-21T06:00:00Z');
  guesty = await start();
  await put('listings', listing._id, listing);
  await put('reservations', 'r1', reservation('r1'));
});
afterEach(async () => {
  await guesty.close();
  rmSync(directory, { recursive: true });
});

const put = async (kind: string, id: string, row: unknown) =>
  (await fetch(`${guesty.url}/_control/${kind}/${id}`, { method: 'PUT', body: JSON.stringify(row) })).status;
const client = (clientSecret = 'key') =>
  guestyClient({
    fetch,
    baseUrl: `${guesty.url}/v1`,
    tokenUrl: `${guesty.url}/oauth2/token`,
    clientId: 'id',
    clientSecret: new Secret(clientSecret),
  });
const newToken = async () => {
  const granted = await client().requestToken();
  if (!granted.ok) throw new Error(granted.error.kind);
  return granted.value.token;
};
const call = async (token: string, route: string, init: RequestInit = {}) => {
  const reply = await fetch(`${guesty.url}${route}`, { ...init, headers: { authorization: `Bearer ${token}` } });
  const text = await reply.text();
  return {
    status: reply.status,
    headers: reply.headers,
    json: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
};

describe('tokens', () => {
  it('grants five a day, counts them over a restart and says how long to wait', async () => {
    for (let token = 0; token < 4; token++) await newToken();
    await guesty.close();
    guesty = await start();
    await newToken();
    nowMs += 3_600_000;
    const sixth = await client().requestToken();
    expect(sixth).toEqual({ ok: false, error: { kind: 'limited', retryAfterMs: 23 * 3_600_000 } });
    nowMs += 23 * 3_600_000;
    expect((await client().requestToken()).ok).toBe(true);
  });

  it('refuses wrong keys, other grants and a JSON body', async () => {
    expect(await client('other').requestToken()).toEqual({ ok: false, error: { kind: 'denied', status: 401 } });
    const token = (init: RequestInit) => fetch(`${guesty.url}/oauth2/token`, { method: 'POST', ...init });
    expect((await token({ body: new URLSearchParams({ grant_type: 'password' }) })).status).toBe(400);
    const asJson = { headers: { 'content-type': 'application/json' }, body: '{"grant_type":"client_credentials"}' };
    expect(await (await token(asJson)).json()).toMatchObject({ error: 'invalid_request' });
  });

  it('lets nobody in without one, or with one of yesterday', async () => {
    const token = await newToken();
    expect((await call('forged', '/v1/listings')).status).toBe(401);
    expect((await call(token, '/v1/listings')).status).toBe(200);
    nowMs += 24 * 3_600_000;
    expect((await call(token, '/v1/listings')).status).toBe(401);
  });
});

describe('reads', () => {
  it('answers reservations by ids, leaving out what does not exist', async () => {
    await put('reservations', 'r2', reservation('r2', { status: 'canceled' }));
    const answer = await client().readReservations(await newToken(), ['r1', 'nobody', 'r2']);
    const statuses = answer.result.ok && answer.result.value.map(row => [reservationIdOf(row), row.status]);
    expect(statuses).toEqual([
      ['r1', 'confirmed'],
      ['r2', 'canceled'],
    ]);
  });

  it('wants the fields of a guest named', async () => {
    await put('guests', 'g1', { _id: 'g1', firstName: 'Mia' });
    const token = await newToken();
    expect((await call(token, '/v1/guests-crud/g1')).status).toBe(400);
    expect((await call(token, '/v1/guests-crud/g1?fields=firstName')).json).toEqual({ _id: 'g1', firstName: 'Mia' });
  });

  it('refuses an eleventh id', async () => {
    const ids = Array.from({ length: 11 }, (_, index) => `r${index}`);
    const answer = await client().readReservations(await newToken(), ids);
    expect(answer.result).toEqual({ ok: false, error: { kind: 'refused', status: 400 } });
  });

  it('shows the older view flat, in UTC of the home, with the planned time', async () => {
    const { json } = await call(await newToken(), '/v1/reservations/r1');
    expect(json).toMatchObject({
      _id: 'r1',
      listingId: listing._id,
      checkIn: '2026-07-21T20:30:00.000Z',
      checkOut: '2026-07-24T09:00:00.000Z',
      plannedArrival: '21:30',
      plannedDeparture: null,
      nightsCount: 3,
      listing: { timezone: 'Europe/London' },
      keyCode: '0000',
    });
  });

  it('leaves out what was not asked for', async () => {
    const { json } = await call(await newToken(), '/v1/reservations/r1?fields=status%20guest.fullName');
    expect(json).toEqual({ _id: 'r1', status: 'confirmed', guest: { fullName: 'Grace Guest' } });
  });

  it('filters, sorts and pages the older list', async () => {
    await put('reservations', 'r2', reservation('r2', { status: 'inquiry' }));
    await put('reservations', 'r3', reservation('r3'));
    const token = await newToken();
    const filters = JSON.stringify([
      { field: 'status', operator: '$in', value: ['confirmed', 'checked_in'] },
      { field: 'checkInDateLocalized', operator: '$between', from: '2026-07-01', to: '2026-07-31' },
    ]);
    const query = new URLSearchParams({ filters, fields: 'status', sort: '-_id', limit: '1', skip: '1' });
    const { json } = await call(token, `/v1/reservations?${query.toString()}`);
    expect(json).toEqual({ results: [{ _id: 'r1', status: 'confirmed' }], count: 2, limit: 1, skip: 1 });
    expect((await call(token, '/v1/reservations?filters=nonsense')).status).toBe(400);
    expect((await call(token, '/v1/reservations?limit=101')).status).toBe(400);
  });

  it('searches v3 by localized dates, status and the first stay', async () => {
    await put('reservations', 'r2', reservation('r2', { status: 'inquiry' }));
    const token = await newToken();
    const search = async (query: string) =>
      (await call(token, `/v1/reservations-v3/search?${query}`)).json as {
        results: { reservationId: string }[];
        pagination: { hasMore: boolean };
      };
    const found = await search(
      `filter[checkIn][gte]=2026-07-21&filter[checkIn][lt]=2026-07-22&filter[status]=confirmed`,
    );
    expect(found.results.map(row => row.reservationId)).toEqual(['r1']);
    expect((await search(`filter[listingId]=${listing._id}&limit=1`)).pagination.hasMore).toBe(true);
    expect((await call(token, '/v1/reservations-v3/search?filter[colour]=red')).status).toBe(400);
  });

  it('keeps the world over a restart and refuses rows outside the vendor’s shape', async () => {
    await guesty.close();
    guesty = await start();
    const { result } = await client().readListing(await newToken(), listing._id);
    expect(result).toMatchObject({ ok: true, value: { timezone: 'Europe/London' } });
    expect(await put('listings', 'x', { _id: 'x' })).toBe(400);
    expect((await client().readGuest(await newToken(), 'nobody')).result).toEqual({
      ok: false,
      error: { kind: 'not_found' },
    });
  });
});

describe('lists', () => {
  it('finds what changed since a moment, whatever kind of list it is', async () => {
    nowMs = Date.parse('2026-07-21T06:10:00Z');
    await put('listings', 'l2', { ...listing, nickname: 'Room 2' });
    await put('guests', 'g1', { _id: 'g1', firstName: 'Mia', phone: '+44 1' });
    await put('tasks', 't1', { _id: 't1', title: 'Clean', status: 'pending', listingId: listing._id });
    await put('reservations', 'r2', { ...reservation('r2'), lastUpdatedAt: undefined });
    const token = await newToken();
    const changed = { skip: 0, changedSince: '2026-07-21T06:05:00.000Z' };
    const idsOf = async (answer: Promise<{ result: unknown }>) => {
      const { result } = (await answer) as { result: { value: { rows: Record<string, unknown>[] } } };
      return result.value.rows.map(row => row['_id']);
    };
    expect(await idsOf(client().listListings(token, changed))).toEqual(['l2']);
    expect(await idsOf(client().listReservationIds(token, changed))).toEqual(['r2']);
    expect(await idsOf(client().listGuests(token, changed))).toEqual(['g1']);
    expect(await idsOf(client().listTasks(token, changed))).toEqual(['t1']);
    nowMs = Date.parse('2026-07-21T06:20:00Z');
    const later = { skip: 0, changedSince: '2026-07-21T06:15:00.000Z' };
    expect(await idsOf(client().listTasks(token, later))).toEqual([]);
  });

  it('names the columns of reports as the vendor does, and wants them named', async () => {
    await put('guests', 'g1', { _id: 'g1', firstName: 'Mia', email: 'mia@example.com', phone: '+44 1' });
    const token = await newToken();
    const columns = 'id firstName guestEmail guestPhone';
    const { json } = await call(token, `/v1/guests-crud?${new URLSearchParams({ columns }).toString()}`);
    expect(json).toMatchObject({
      results: [{ _id: 'g1', id: 'g1', firstName: 'Mia', guestEmail: 'mia@example.com', guestPhone: '+44 1' }],
    });
    expect((await call(token, '/v1/guests-crud')).status).toBe(400);
    expect((await call(token, '/v1/tasks-open-api/tasks?columns=id&limit=24')).status).toBe(400);
    expect((await call(token, '/v1/tasks-open-api/tasks?columns=id&filters=[]nonsense')).status).toBe(400);
  });

  it('shows conversations by their last message, and their messages newest first, by cursor', async () => {
    const post = (id: string, conversationId: string, createdAt: string) =>
      put('posts', id, { _id: id, conversationId, body: id, createdAt, sentBy: 'guest' });
    await put('conversations', 'c1', { _id: 'c1', modifiedAt: '2026-07-20T00:00:00Z' });
    await put('conversations', 'c2', { _id: 'c2', modifiedAt: '2026-07-21T00:00:00Z' });
    await post('p1', 'c1', '2026-07-21T05:00:00Z');
    await post('p2', 'c1', '2026-07-21T05:30:00Z');
    const token = await newToken();
    const page = async (route: string) => (await call(token, `/v1/communication/conversations${route}`)).json;
    expect(await page('?limit=1')).toMatchObject({ data: { conversations: [{ _id: 'c1' }], cursor: { after: 'c1' } } });
    expect(await page('?limit=1&sort=-modifiedAt')).toMatchObject({ data: { cursor: { after: '' } } });
    expect(await page('?limit=1&sort=-modifiedAt&fields=modifiedAt')).toMatchObject({
      data: { cursor: { after: 'c1' } },
    });
    expect(await page('?limit=1&cursorAfter=c1')).toMatchObject({
      data: { conversations: [{ _id: 'c2' }], cursor: {} },
    });
    expect(await page('/c1/posts?limit=1')).toMatchObject({
      data: { posts: [{ _id: 'p2' }], cursor: { after: 'p2' } },
    });
    expect(await page('/c1/posts?cursorAfter=p2')).toMatchObject({ data: { posts: [{ _id: 'p1' }] } });
    expect((await call(token, '/v1/communication/conversations/nobody/posts')).status).toBe(404);
  });

  it('shows every day of a calendar: what was set, nights of bookings, and open days', async () => {
    await put('calendars', `${listing._id}:2026-07-26`, {
      listingId: listing._id,
      date: '2026-07-26',
      blocks: { o: true },
    });
    const token = await newToken();
    const answer = await client().readCalendar(token, listing._id, { from: '2026-07-23', to: '2026-07-26' });
    expect(answer.result.ok && answer.result.value.map(day => [day.date, day.blocks?.b, day.blocks?.o])).toEqual([
      ['2026-07-23', true, false],
      ['2026-07-24', false, false],
      ['2026-07-25', false, false],
      ['2026-07-26', false, true],
    ]);
    const range = { from: '2026-07-26', to: '2026-07-26' };
    expect((await client().readCalendars(token, [listing._id], range)).result).toMatchObject({
      value: [{ date: '2026-07-26' }],
    });
    expect((await client().readCalendar(token, 'nobody', range)).result).toMatchObject({
      error: { kind: 'not_found' },
    });
  });

  it('forgets what is removed, without telling anybody', async () => {
    const remove = async (what: string) => (await fetch(`${guesty.url}/_control/${what}`, { method: 'DELETE' })).status;
    expect(await remove('reservations/r1')).toBe(200);
    expect(await remove('reservations/r1')).toBe(404);
    expect(await remove('weather/today')).toBe(404);
    expect((await client().readReservations(await newToken(), ['r1'])).result).toEqual({ ok: true, value: [] });
  });
});

describe('rate limits', () => {
  it('says what is left and refuses the sixteenth call in a second', async () => {
    const token = await newToken();
    const first = await call(token, '/v1/listings');
    expect(first.headers.get('x-ratelimit-remaining-second')).toBe('14');
    expect(first.headers.get('x-ratelimit-limit-minute')).toBe('120');
    for (let count = 0; count < 14; count++) await call(token, '/v1/listings');
    const refused = await call(token, '/v1/listings');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    nowMs += 1000;
    expect((await call(token, '/v1/listings')).headers.get('x-ratelimit-remaining-minute')).toBe('104');
  });

  it('can be switched off', async () => {
    await fetch(`${guesty.url}/_control/limits`, { method: 'POST', body: '{"rate":false,"tokensPerDay":null}' });
    for (let token = 0; token < 6; token++) await newToken();
    const token = await newToken();
    for (let count = 0; count < 20; count++) expect((await call(token, '/v1/listings')).status).toBe(200);
  });
});

describe('webhooks', () => {
  it('subscribes, shows the signing secret apart and refuses what was replaced', async () => {
    const token = await newToken();
    const subscribe = (events: string[]) =>
      call(token, '/v1/webhooks', {
        method: 'POST',
        body: JSON.stringify({ url: 'https://a.example/guesty', events }),
      });
    expect((await subscribe(['reservation.updated'])).status).toBe(400);
    const created = await subscribe(['reservation.updated.v2']);
    expect(created.status).toBe(201);
    const { _id } = created.json as { _id: string };
    expect(created.json).not.toHaveProperty('secret');
    const secret = await call(token, '/v1/webhooks-v2/secret?url=https://a.example/guesty');
    expect((secret.json as { key: string }).key).toMatch(/^whsec_/u);
    expect((await call(token, '/v1/webhooks')).json).toHaveLength(1);
    expect((await call(token, `/v1/webhooks/${_id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await call(token, `/v1/webhooks/${_id}`)).status).toBe(404);
  });
});
