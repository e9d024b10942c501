import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import { Secret } from '@innkeeper/shared/config/secret';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { expect, it } from 'vitest';
import { httpDeadMan } from './http-dead-man.ts';

const URL = new Secret('https://watch.example.com/ping/5f0c/');
const RUN = RunId.parse('2026-11-22');

it('pings the address of the check, with what happened behind it', async () => {
  const asked: unknown[] = [];
  const fetch: Fetch = (url, { method, body }) => {
    asked.push([method, url, body]);
    return Promise.resolve(new Response('OK'));
  };
  for (const signal of ['good', 'failed'] as const) {
    expect(await httpDeadMan(URL, fetch).ping(signal, RUN)).toEqual({ ok: true, value: undefined });
  }
  expect(asked).toEqual([
    ['POST', 'https://watch.example.com/ping/5f0c', '2026-11-22'],
    ['POST', 'https://watch.example.com/ping/5f0c/fail', '2026-11-22'],
  ]);
});

const silent: Fetch = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });

it.each<[string, Fetch, string]>([
  ['an answer that is none', () => Promise.resolve(new Response('not found', { status: 404 })), 'it answered 404'],
  ['nobody there', () => Promise.reject(new TypeError(`fetch failed: ${URL.reveal()}`)), 'it could not be reached'],
  ['silence', silent, 'no answer within 5 ms'],
])('takes %s as unavailable, and does not say the address', async (_, fetch, detail) => {
  expect(await httpDeadMan(URL, fetch, 5).ping('good', RUN)).toEqual({
    ok: false,
    error: { kind: 'unavailable', detail },
  });
});
