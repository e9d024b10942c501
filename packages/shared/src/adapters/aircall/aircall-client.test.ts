import { describe, expect, test } from 'vitest';
import { Secret } from '../../config/secret.ts';
import { answersJson, recordedFetch } from '../../testing/recorded-fetch.ts';
import type { VendorError } from '../http/vendor-reply.ts';
import { aircallClient } from './aircall-client.ts';

const NOW_MS = 1_795_160_000_000;

function clientOf(answer: () => Response | Promise<Response>) {
  const { requests, fetch } = recordedFetch(answer);
  const client = aircallClient({
    baseUrl: 'https://api.example.com/v1',
    apiId: 'id',
    apiToken: new Secret('token'),
    now: () => NOW_MS,
    fetch,
  });
  return { client, requests };
}

const page = (things: object[], meta: object) => answersJson({ calls: things, meta: { per_page: 50, ...meta } });

describe('Aircall’s API', () => {
  test('a call is asked for with its contact and its menu, by any id', async () => {
    const { client, requests } = clientOf(answersJson({ call: { id: 7, direction: 'inbound' } }));
    expect((await client.readCall('7/&')).result).toEqual({ ok: true, value: { id: 7, direction: 'inbound' } });
    expect(requests[0]?.url.href).toBe(
      'https://api.example.com/v1/calls/7%2F%26?fetch_contact=true&fetch_call_timeline=true',
    );
    expect(requests[0]?.init.headers).toMatchObject({ authorization: `Basic ${btoa('id:token')}` });
  });

  test('contacts, insights and the credentials themselves have routes of their own', async () => {
    const { client, requests } = clientOf(answersJson({ contact: { id: 9 }, summary: { content: '…' } }));
    expect((await client.readContact('9')).result).toMatchObject({ ok: true, value: { id: 9 } });
    expect((await client.readInsight('7', 'action_items')).result).toMatchObject({ ok: true });
    expect((await client.ping()).result).toEqual({ ok: true, value: undefined });
    expect(requests.map(request => request.url.pathname)).toEqual([
      '/v1/contacts/9',
      '/v1/calls/7/action_items',
      '/v1/ping',
    ]);
  });

  test('calls are walked oldest first, fifty at a time', async () => {
    const { client, requests } = clientOf(page([{ id: 1 }], { total: 1, current_page: 1, next_page_link: null }));
    const { result } = await client.listCalls({ from: 10, to: 20 });
    expect(result).toEqual({ ok: true, value: { things: [{ id: 1 }], reached: 1, total: 1 } });
    expect(Object.fromEntries(requests[0]?.url.searchParams ?? [])).toEqual({
      from: '10',
      to: '20',
      order: 'asc',
      per_page: '50',
      fetch_contact: 'true',
      fetch_call_timeline: 'true',
    });
  });

  test('the next page is asked of the configured address, wherever the vendor’s link points', async () => {
    const link = 'https://elsewhere.example.net/v1/calls?page=3&from=10&order=asc&per_page=20';
    const { client, requests } = clientOf(page([{ id: 1 }], { current_page: 2, next_page_link: link }));
    const { result } = await client.listCalls({ from: 10 });
    expect(result).toMatchObject({ ok: true, value: { reached: 51 } });
    await client.listCalls({ next: result.ok ? result.value.next : undefined });
    const [, second] = requests;
    expect(second?.url.origin).toBe('https://api.example.com');
    expect(second?.url.searchParams.get('page')).toBe('3');
    expect(second?.url.searchParams.get('per_page')).toBe('50');
  });

  test('what the vendor’s link leaves out is asked for again, and what it says stands', async () => {
    const { client, requests } = clientOf(page([], {}));
    await client.listCalls({ from: 10, to: 20, next: 'page=3&from=12' });
    expect(Object.fromEntries(requests[0]?.url.searchParams ?? [])).toEqual({
      page: '3',
      from: '12',
      to: '20',
      order: 'asc',
      per_page: '50',
      fetch_contact: 'true',
      fetch_call_timeline: 'true',
    });
  });

  test('a link that is none does not pass for the last page', async () => {
    const { client } = clientOf(page([], { next_page_link: 'page 2' }));
    expect((await client.listCalls({})).result).toEqual({
      ok: false,
      error: { kind: 'unavailable', detail: 'unexpected answer' },
    });
  });

  test('contacts are walked by when they were made or by when they changed', async () => {
    const { client, requests } = clientOf(answersJson({ contacts: [], meta: {} }));
    await client.listContacts({ from: 10 });
    await client.listContacts({ changedFirst: true, from: 10 });
    expect(requests.map(request => request.url.search)).toEqual([
      '?from=10&order=asc&per_page=50',
      '?order=desc&order_by=updated_at&per_page=50',
    ]);
  });

  test.each([
    ['a moment in seconds', String(NOW_MS / 1000 + 42), 42_000],
    ['a moment in milliseconds', String(NOW_MS + 42_000), 42_000],
    ['the seconds that are left', '42', 42_000],
    ['a moment that has passed', String(NOW_MS / 1000 - 5), 0],
    ['a moment far off, which a window of one minute cannot have', String(NOW_MS / 1000 + 4_000), 60_000],
  ])('used up until %s', async (_what, reset, retryAfterMs) => {
    const headers = { 'x-aircallapi-limit': '120', 'x-aircallapi-remaining': '0', 'x-aircallapi-reset': reset };
    expect(await clientOf(answersJson({}, 429, headers)).client.readCall('1')).toEqual({
      result: { ok: false, error: { kind: 'limited', retryAfterMs } },
      limits: { minute: 0, minuteMax: 120, retryAfterMs },
    });
  });

  test('what is left comes with every answer, and what refills later closes nothing now', async () => {
    const headers = { 'X-AircallApi-Remaining': '17', 'X-AircallApi-Reset': String(NOW_MS / 1000 + 42) };
    expect((await clientOf(answersJson({ call: {} }, 200, headers)).client.readCall('1')).limits).toEqual({
      minute: 17,
    });
  });

  const cases: [string, () => Response | Promise<Response>, VendorError][] = [
    ['401, no credentials', answersJson({}, 401), { kind: 'denied', status: 401 }],
    ['403, wrong credentials', answersJson({}, 403), { kind: 'denied', status: 403 }],
    ['404', answersJson({}, 404), { kind: 'not_found' }],
    ['400', answersJson({}, 400), { kind: 'refused', status: 400 }],
    ['429 without a word how long', answersJson({}, 429), { kind: 'limited' }],
    ['429 with Retry-After', answersJson({}, 429, { 'retry-after': '3' }), { kind: 'limited', retryAfterMs: 3_000 }],
    [
      '503',
      answersJson({}, 503, { 'retry-after': '7' }),
      { kind: 'unavailable', detail: 'status 503', retryAfterMs: 7_000 },
    ],
    ['a redirect', answersJson({}, 302, { location: 'https://e.example' }), { kind: 'refused', status: 302 }],
    ['a page', () => new Response('<html>'), { kind: 'unavailable', detail: 'unexpected answer' }],
    ['another shape', answersJson({ id: 7 }), { kind: 'unavailable', detail: 'unexpected answer' }],
    ['no answer', () => Promise.reject(new TypeError('refused')), { kind: 'unavailable', detail: 'unreachable' }],
  ];
  test.each(cases)('%s', async (_what, answer, error) => {
    expect((await clientOf(answer).client.readCall('1')).result).toEqual({ ok: false, error });
  });
});
