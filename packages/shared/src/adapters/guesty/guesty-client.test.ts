import { describe, expect, test } from 'vitest';
import { Secret } from '../../config/secret.ts';
import { type GuestyError, guestyClient } from './guesty-client.ts';

function clientOf(answer: () => Response | Promise<Response>) {
  const requests: { url: URL; init: RequestInit }[] = [];
  const client = guestyClient({
    baseUrl: 'https://api.example.com/v1',
    tokenUrl: 'https://login.example.com/oauth2/token',
    clientId: 'id',
    clientSecret: new Secret('secret & more'),
    fetch: async (input, init) => {
      requests.push({ url: new URL(input), init });
      return await answer();
    },
  });
  return { client, requests };
}

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { status, headers });

describe('Guesty’s API', () => {
  test('a token is asked for by form, and its lifetime told in milliseconds', async () => {
    const { client, requests } = clientOf(json({ token_type: 'Bearer', access_token: 'abc', expires_in: 86_400 }));
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
    const { client, requests } = clientOf(json([{ reservationId: 'a' }, 'odd', { reservationId: 'b/&' }]));
    const { result } = await client.readReservations('token', ['a', 'b/&']);
    expect(result).toMatchObject({ ok: true, value: [{ reservationId: 'a' }, { reservationId: 'b/&' }] });
    expect(requests[0]?.url.searchParams.getAll('reservationIds[]')).toEqual(['a', 'b/&']);
    expect(requests[0]?.init.headers).toMatchObject({ authorization: 'Bearer token' });
  });

  test('one is asked for by the fields that are used, the door code not among them', async () => {
    const { client, requests } = clientOf(json({ _id: 'a', status: 'confirmed' }));
    const { result } = await client.readReservation('token', 'a/b');
    expect(result).toMatchObject({ ok: true, value: { status: 'confirmed' } });
    expect(requests[0]?.url.pathname).toBe('/v1/reservations/a%2Fb');
    expect(requests[0]?.url.searchParams.get('fields')).not.toMatch(/keyCode|money/u);
  });

  test('homes and guests are read by id', async () => {
    const { client, requests } = clientOf(json({ _id: 'x', timezone: 'Europe/London', firstName: 'Mia' }));
    expect((await client.readListing('token', 'x')).result).toMatchObject({
      ok: true,
      value: { timezone: 'Europe/London' },
    });
    expect((await client.readGuest('token', 'x')).result).toMatchObject({ ok: true, value: { firstName: 'Mia' } });
    expect(requests.map(request => request.url.pathname)).toEqual(['/v1/listings/x', '/v1/guests-crud/x']);
  });

  test('what is left of the limits comes with the answer', async () => {
    const headers = { 'x-ratelimit-remaining-second': '3', 'X-RateLimit-Remaining-Minute': '0', 'retry-after': '2' };
    const { client } = clientOf(json({}, 429, headers));
    expect(await client.readListing('token', 'x')).toEqual({
      result: { ok: false, error: { kind: 'limited', retryAfterMs: 2_000 } },
      limits: { second: 3, minute: 0, retryAfterMs: 2_000 },
    });
  });

  const cases: [string, () => Response | Promise<Response>, GuestyError][] = [
    ['401', json({}, 401), { kind: 'denied', status: 401 }],
    ['403', json({}, 403), { kind: 'denied', status: 403 }],
    ['404', json({}, 404), { kind: 'not_found' }],
    ['400', json({}, 400), { kind: 'refused', status: 400 }],
    ['429 without a word how long', json({}, 429), { kind: 'limited' }],
    ['503', json({}, 503, { 'retry-after': '7' }), { kind: 'unavailable', detail: 'status 503', retryAfterMs: 7_000 }],
    ['a page', () => new Response('<html>'), { kind: 'unavailable', detail: 'unexpected answer' }],
    ['an empty body', () => new Response(''), { kind: 'unavailable', detail: 'unexpected answer' }],
    ['another shape', json({ _id: 7 }), { kind: 'unavailable', detail: 'unexpected answer' }],
    ['no answer', () => Promise.reject(new TypeError('refused')), { kind: 'unavailable', detail: 'unreachable' }],
  ];
  test.each(cases)('%s', async (_what, answer, error) => {
    expect((await clientOf(answer).client.readListing('token', 'x')).result).toEqual({ ok: false, error });
  });
});
