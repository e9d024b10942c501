import { describe, expect, test } from 'vitest';
import { Secret } from '../../config/secret.ts';
import { answersJson, recordedFetch } from '../../testing/recorded-fetch.ts';
import type { VendorError } from '../http/vendor-reply.ts';
import { guestyClient } from './guesty-client.ts';

function clientOf(answer: () => Response | Promise<Response>) {
  const { requests, fetch } = recordedFetch(answer);
  const client = guestyClient({
    baseUrl: 'https://api.example.com/v1',
    tokenUrl: 'https://login.example.com/oauth2/token',
    clientId: 'id',
    clientSecret: new Secret('secret & more'),
    fetch,
  });
  return { client, requests };
}

describe('Guesty’s API', () => {
  test('a token is asked for by form, and its lifetime told in milliseconds', async () => {
    const { client, requests } = clientOf(
      answersJson({ token_type: 'Bearer', access_token: 'abc', expires_in: 86_400 }),
    );
    expect(await client.requestToken()).toEqual({ ok: true, value: { token: 'abc', expiresInMs: 86_400_000 } });
    const [request] = requests;
    expect(request?.url.href).toBe('https://login.example.com/oauth2/token');
    expect(Object.fromEntries(new URLSearchParams(request?.init.body as URLSearchParams))).toEqual({
      grant_type: 'client_credentials',
      scope: 'open-api',
      client_id: 'id',
      client_secret: 'secret & more',
    });
  });

  test('reservations are asked for by ids, which may hold any character', async () => {
    const { client, requests } = clientOf(answersJson([{ reservationId: 'a' }, 'odd', { reservationId: 'b/&' }]));
    const { result } = await client.readReservations('token', ['a', 'b/&']);
    expect(result).toMatchObject({ ok: true, value: [{ reservationId: 'a' }, { reservationId: 'b/&' }] });
    expect(requests[0]?.url.searchParams.getAll('reservationIds[]')).toEqual(['a', 'b/&']);
    expect(requests[0]?.init.headers).toMatchObject({ authorization: 'Bearer token' });
  });

  test('several are asked for by the older list, in one call', async () => {
    const { client, requests } = clientOf(answersJson({ results: [{ _id: 'a', plannedArrival: '21:30' }], count: 1 }));
    const { result } = await client.listReservationsById('token', ['a', 'b']);
    expect(result).toMatchObject({ ok: true, value: [{ _id: 'a', plannedArrival: '21:30' }] });
    const asked = requests[0]?.url;
    expect(asked?.pathname).toBe('/v1/reservations');
    expect(asked?.searchParams.get('filters')).toBe('[{"field":"_id","operator":"$in","value":["a","b"]}]');
    expect(asked?.searchParams.get('fields')).toMatch(/plannedArrival .*guest\.fullName/u);
    expect(asked?.searchParams.get('fields')).not.toMatch(/keyCode|money/u);
  });

  test('one is asked for by the fields that are used, the door code not among them', async () => {
    const { client, requests } = clientOf(answersJson({ _id: 'a', status: 'confirmed' }));
    const { result } = await client.readReservation('token', 'a/b');
    expect(result).toMatchObject({ ok: true, value: { status: 'confirmed' } });
    expect(requests[0]?.url.pathname).toBe('/v1/reservations/a%2Fb');
    expect(requests[0]?.url.searchParams.get('fields')).not.toMatch(/keyCode|money/u);
  });

  test('homes and guests are read by id', async () => {
    const { client, requests } = clientOf(answersJson({ _id: 'x', timezone: 'Europe/London', firstName: 'Mia' }));
    expect((await client.readListing('token', 'x')).result).toMatchObject({
      ok: true,
      value: { timezone: 'Europe/London' },
    });
    expect((await client.readGuest('token', 'x')).result).toMatchObject({ ok: true, value: { firstName: 'Mia' } });
    expect(requests.map(request => request.url.pathname)).toEqual(['/v1/listings/x', '/v1/guests-crud/x']);
    expect(requests[1]?.url.searchParams.get('fields')).toContain('fullName');
  });

  test('a calendar is asked for by days, one home’s or several homes’ at once', async () => {
    const day = { date: '2026-12-01', listingId: 'x', blocks: { m: true, r: false }, price: 120 };
    const { client, requests } = clientOf(answersJson({ status: 200, data: { days: [day, { date: 'no day' }] } }));
    const days = { from: '2026-12-01', to: '2026-12-31' };
    const expected = [{ date: '2026-12-01', listingId: 'x', blocks: { m: true, r: false } }];
    expect((await client.readCalendar('token', 'x/y', days)).result).toEqual({ ok: true, value: expected });
    expect((await client.readCalendars('token', ['x', 'y'], days)).result).toEqual({ ok: true, value: expected });
    expect(requests.map(({ url }) => `${url.pathname}?${url.searchParams.toString()}`)).toEqual([
      '/v1/availability-pricing/api/calendar/listings/x%2Fy?startDate=2026-12-01&endDate=2026-12-31',
      '/v1/availability-pricing/api/calendar/listings?listingIds=x%2Cy&startDate=2026-12-01&endDate=2026-12-31',
    ]);
  });

  test('a task is read by id', async () => {
    const { client, requests } = clientOf(
      answersJson({ _id: 't', title: 'Clean', startTime: 1_795_200_000, expenses: [] }),
    );
    expect((await client.readTask('token', 't')).result).toEqual({
      ok: true,
      value: { _id: 't', title: 'Clean', startTime: 1_795_200_000 },
    });
    expect(requests[0]?.url.pathname).toBe('/v1/tasks-open-api/t');
  });

  test('what is left of the limits comes with the answer', async () => {
    const headers = { 'x-ratelimit-remaining-second': '3', 'X-RateLimit-Remaining-Minute': '0', 'retry-after': '2' };
    const { client } = clientOf(answersJson({}, 429, headers));
    expect(await client.readListing('token', 'x')).toEqual({
      result: { ok: false, error: { kind: 'limited', retryAfterMs: 2_000 } },
      limits: { second: 3, minute: 0, retryAfterMs: 2_000 },
    });
  });

  const cases: [string, () => Response | Promise<Response>, VendorError][] = [
    ['401', answersJson({}, 401), { kind: 'denied', status: 401 }],
    ['403', answersJson({}, 403), { kind: 'denied', status: 403 }],
    ['404', answersJson({}, 404), { kind: 'not_found' }],
    ['400', answersJson({}, 400), { kind: 'refused', status: 400 }],
    ['429 without a word how long', answersJson({}, 429), { kind: 'limited' }],
    [
      '503',
      answersJson({}, 503, { 'retry-after': '7' }),
      { kind: 'unavailable', detail: 'status 503', retryAfterMs: 7_000 },
    ],
    ['a page', () => new Response('<html>'), { kind: 'unavailable', detail: 'unexpected answer' }],
    ['an empty body', () => new Response(''), { kind: 'unavailable', detail: 'unexpected answer' }],
    ['another shape', answersJson({ _id: 7 }), { kind: 'unavailable', detail: 'unexpected answer' }],
    ['no answer', () => Promise.reject(new TypeError('refused')), { kind: 'unavailable', detail: 'unreachable' }],
  ];
  test.each(cases)('%s', async (_what, answer, error) => {
    expect((await clientOf(answer).client.readListing('token', 'x')).result).toEqual({ ok: false, error });
  });
});

describe('Guesty’s lists', () => {
  const page = { skip: 200, changedSince: '2026-11-21T08:00:00.000Z' };

  test.each([
    ['bare', [{ _id: 'a' }], { rows: [{ _id: 'a' }] }],
    ['in results', { results: [{ _id: 'a' }, 7], count: 42 }, { rows: [{ _id: 'a' }], total: 42 }],
    ['in data', { data: [{ _id: 'a' }], total: 1 }, { rows: [{ _id: 'a' }], total: 1 }],
    [
      'twice wrapped, with a cursor',
      { status: 200, data: { conversations: [{ _id: 'a' }], cursor: { after: 'c' } } },
      { rows: [{ _id: 'a' }], after: 'c' },
    ],
    ['empty', { results: [], count: 0 }, { rows: [], total: 0 }],
  ])('%s', async (_form, body, value) => {
    const { client } = clientOf(answersJson(body));
    expect((await client.listListings('token', { skip: 0 })).result).toEqual({ ok: true, value });
  });

  test('each is asked in its own way', async () => {
    const { client, requests } = clientOf(answersJson({ results: [] }));
    await client.listListings('token', page);
    await client.listReservationIds('token', page);
    await client.listGuests('token', page);
    await client.listTasks('token', page);
    await client.searchReservations('token', { skip: 100, from: '2026-01-01', to: '2026-02-01' });
    await client.listConversations('token', { after: 'c' });
    await client.listPosts('token', { conversationId: 'c/1' });
    const asked = requests.map(({ url }) => [url.pathname, Object.fromEntries(url.searchParams)] as const);
    const conditions = '[{"field":"lastUpdatedAt","operator":"$gte","value":"2026-11-21T08:00:00.000Z"}]';
    const report = '{"lastUpdatedAt":{"@gte":"2026-11-21T08:00:00.000Z"}}';
    expect(asked).toMatchObject([
      ['/v1/listings', { filters: conditions, sort: '_id', limit: '100', skip: '200' }],
      ['/v1/reservations', { filters: conditions, fields: 'lastUpdatedAt', sort: '_id' }],
      ['/v1/guests-crud', { filters: report, columns: expect.stringContaining('guestPhone') as string }],
      ['/v1/tasks-open-api/tasks', { filters: report, columns: expect.stringContaining('mustFinishBefore') as string }],
      [
        '/v1/reservations-v3/search',
        { 'filter[checkIn][gte]': '2026-01-01', 'filter[checkIn][lt]': '2026-02-01', skip: '100' },
      ],
      [
        '/v1/communication/conversations',
        { cursorAfter: 'c', limit: '8', sort: '-modifiedAt', fields: expect.stringContaining('modifiedAt') as string },
      ],
      ['/v1/communication/conversations/c%2F1/posts', { limit: '100', sort: '-createdAt' }],
    ]);
    expect(JSON.stringify(asked)).not.toMatch(/money|keyCode|payment/iu);
  });

  test('the cells of a report are told as values', async () => {
    const cells = {
      _id: 't1',
      taskTitle: { children: 'Clean' },
      canStartAfter: { date: '2026-11-21T08:00:00.000Z' },
      scheduledFor: { startTime: null, mustFinishBefore: '2026-11-21T10:00:00.000Z' },
      listing: { listingId: 'l1' },
      tags: ['a'],
    };
    const { client } = clientOf(answersJson({ results: [cells], total: 1 }));
    const row = {
      ...cells,
      taskTitle: 'Clean',
      canStartAfter: '2026-11-21T08:00:00.000Z',
      scheduledFor: null,
    };
    expect((await client.listTasks('token', { skip: 0 })).result).toEqual({
      ok: true,
      value: { rows: [row], total: 1 },
    });
  });

  test('a page that is no list is an unexpected answer', async () => {
    const { client } = clientOf(() => new Response('<html>'));
    expect((await client.listGuests('token', { skip: 0 })).result).toEqual({
      ok: false,
      error: { kind: 'unavailable', detail: 'unexpected answer' },
    });
  });
});
