import { describe, expect, it } from 'vitest';
import { exchangeJson, retryAfterMs } from './exchange-json.ts';
import type { Fetch } from './limit-reply.ts';

const exchange = (fetch: Fetch, changes: { timeoutMs?: number; replyBytesMax?: number } = {}) =>
  exchangeJson({
    fetch,
    url: 'https://api.example.com/x',
    method: 'GET',
    headers: {},
    timeoutMs: 5000,
    replyBytesMax: 100,
    ...changes,
  });

/** Answers when the caller gives up. */
const never: Fetch = (_, init) =>
  new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))));

describe('exchangeJson', () => {
  it('answers status, headers and the parsed body, whatever the status', async () => {
    const reply = await exchange(() =>
      Promise.resolve(Response.json({ a: 1 }, { status: 503, headers: { 'x-a': 'b' } })),
    );
    if (!reply.ok) throw new Error(reply.error.kind);
    expect([reply.value.status, reply.value.headers.get('x-a'), reply.value.json]).toEqual([503, 'b', { a: 1 }]);
  });

  it('has no value for a body that is not JSON, or not there', async () => {
    for (const body of ['<html></html>', '', null]) {
      const reply = await exchange(() => Promise.resolve(new Response(body)));
      expect(reply.ok && reply.value.json).toBeUndefined();
    }
  });

  it('reads ids as webhooks are read: long numbers whole, halves of surrogate pairs replaced', async () => {
    const body = '{"id":12345678901234567890,"text":"t\\ud800"}';
    const reply = await exchange(() => Promise.resolve(new Response(body)));
    expect(reply.ok && reply.value.json).toEqual({ id: '12345678901234567890', text: 't\ufffd' });
  });

  it('stops reading at the limit', async () => {
    const reply = await exchange(() => Promise.resolve(Response.json('x'.repeat(200))));
    expect(reply).toEqual({ ok: false, error: { kind: 'too_large' } });
  });

  it('times out before the headers and in the middle of the body', async () => {
    const stuck: Fetch = (_, init) =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode('{"a":'));
              init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
            },
          }),
        ),
      );
    for (const fetch of [never, stuck]) {
      expect(await exchange(fetch, { timeoutMs: 5 })).toEqual({ ok: false, error: { kind: 'timeout' } });
    }
  });

  it('is unreachable when the connection fails, and follows no redirect', async () => {
    let redirect: RequestInit['redirect'];
    const refused: Fetch = (_, init) => {
      redirect = init.redirect;
      return Promise.reject(new TypeError('connect ECONNREFUSED'));
    };
    expect(await exchange(refused)).toEqual({ ok: false, error: { kind: 'unreachable' } });
    expect(redirect).toBe('manual');
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['8', 8000],
    ['0.25', 250],
    ['0', 0],
    ['-1', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('%s', (value, expected) => {
    expect(retryAfterMs(new Headers({ 'retry-after': value }))).toBe(expected);
  });
});
