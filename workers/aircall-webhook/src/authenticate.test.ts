import { Secret } from '@innkeeper/shared/config/secret';
import { describe, expect, test } from 'vitest';
import { authenticate } from './authenticate.ts';

const tokens = [new Secret('0123456789abcdef0123456789abcdef'), new Secret('second')];
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('authenticating a delivery of Aircall', () => {
  test.each(tokens)('each token that is valid now opens, and is taken out', async token => {
    const body = bytes({ event: 'call.ended', token: token.reveal(), data: { token: 'of the data' } });
    expect(await authenticate(body, tokens)).toEqual({
      ok: true,
      value: { event: 'call.ended', data: { token: 'of the data' } },
    });
  });

  test.each([
    ['another of the same length', '0123456789abcdef0123456789abcdeg'],
    ['a shorter one', '0123456789abcdef'],
    ['a longer one', '0123456789abcdef0123456789abcdef0'],
    ['both in one', '0123456789abcdef0123456789abcdef,second'],
    ['an empty one', ''],
    ['none', undefined],
    ['one in capitals', 'SECOND'],
    ['one with a space', 'second '],
    ['one that only looks like it', 'sec\u043end'],
    ['null', null],
    ['a list', ['second']],
    ['an object', { second: true }],
    ['a number', 7],
    ['true', true],
  ])('%s does not', async (_what, token) => {
    expect(await authenticate(bytes({ event: 'call.ended', token }), tokens)).toEqual({
      ok: false,
      error: 'unauthorised',
    });
  });

  test('a token elsewhere in the body is none', async () => {
    const elsewhere = bytes({ event: 'call.ended', Token: 'second', data: { token: 'second' } });
    expect(await authenticate(elsewhere, tokens)).toEqual({ ok: false, error: 'unauthorised' });
  });

  test('of two tokens in one body the last one counts, and neither stays', async () => {
    const text = (first: string, last: string) =>
      new TextEncoder().encode(`{"token":"${first}","a":1,"token":"${last}"}`);
    expect(await authenticate(text('wrong', 'second'), tokens)).toEqual({ ok: true, value: { a: 1 } });
    expect(await authenticate(text('second', 'wrong'), tokens)).toEqual({ ok: false, error: 'unauthorised' });
  });

  test('where no token is valid, none opens, not even an empty one', async () => {
    for (const token of ['', 'second', undefined]) {
      expect(await authenticate(bytes({ token }), [])).toEqual({ ok: false, error: 'unauthorised' });
    }
  });

  test('what is not a JSON object has no token', async () => {
    expect(await authenticate(new TextEncoder().encode('token=second'), tokens)).toEqual({
      ok: false,
      error: 'not_json',
    });
    expect(await authenticate(bytes(['second']), tokens)).toEqual({ ok: false, error: 'not_an_object' });
  });
});
