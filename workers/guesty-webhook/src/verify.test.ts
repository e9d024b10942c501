import { createHmac } from 'node:crypto';
import { Secret } from '@innkeeper/shared/config/secret';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import vectors from './__fixtures__/svix-signature-vector.constructed.json' with { type: 'json' };
import { verify } from './verify.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const nowMs = vectors.now_seconds * 1000;
const secret = new Secret(vectors.secret);
const other = new Secret(`whsec_${btoa('another key')}`);

const [valid] = vectors.cases;
if (valid === undefined) throw new Error('the fixture has no cases');
const body = bytes(valid.raw_body);
const headers = (changes: Record<string, string> = {}): Headers => new Headers({ ...valid.headers, ...changes });

describe('verifying a Svix signature', () => {
  test.each(vectors.cases)('$name', async ({ headers, raw_body, valid }) => {
    expect((await verify(bytes(raw_body), new Headers(headers), [secret], nowMs)).ok).toBe(valid);
  });

  test('any of several secrets will do, and so will any of several signatures', async () => {
    expect((await verify(body, headers(), [other, secret], nowMs)).ok).toBe(true);
    expect((await verify(body, headers(), [other], nowMs)).ok).toBe(false);
    const rotated = `v1,bm90IHRoaXMgb25l v2,${valid.headers['svix-signature']} ${valid.headers['svix-signature']}`;
    expect((await verify(body, headers({ 'svix-signature': rotated }), [secret], nowMs)).ok).toBe(true);
  });

  test('the neutral header names are accepted', async () => {
    const neutral = new Headers(
      Object.entries(valid.headers).map(([name, value]): [string, string] => [
        name.replace('svix-', 'webhook-'),
        value,
      ]),
    );
    expect((await verify(body, neutral, [secret], nowMs)).ok).toBe(true);
  });

  test('a signature holds for five minutes either way', async () => {
    for (const [offsetSeconds, accepted] of [
      [-300, true],
      [300, true],
      [-301, false],
      [301, false],
    ] as const) {
      const clock = (Number(valid.headers['svix-timestamp']) + offsetSeconds) * 1000;
      expect((await verify(body, headers(), [secret], clock)).ok).toBe(accepted);
    }
  });

  test('a body that was parsed and written again is not the one that was signed', async () => {
    const rewritten = JSON.stringify(JSON.parse('{"a": 1, "b": "\\u00fc"}'));
    const original = '{"a": 1, "b": "\\u00fc"}';
    const signed = sign('msg_1', original);
    expect((await verify(bytes(original), signed, [secret], nowMs)).ok).toBe(true);
    expect(await verify(bytes(rewritten), signed, [secret], nowMs)).toEqual({ ok: false, error: 'signature_mismatch' });
  });

  test.each([
    ['no id', { 'svix-id': '' }, 'signature_missing'],
    ['no signature', { 'svix-signature': '' }, 'signature_missing'],
    ['another scheme only', { 'svix-signature': 'v2,abc' }, 'signature_mismatch'],
    ['a shorter signature', { 'svix-signature': 'v1,6fnW' }, 'signature_mismatch'],
    ['a timestamp that is no number', { 'svix-timestamp': '1795160000x' }, 'signature_missing'],
    ['another id', { 'svix-id': 'msg_other' }, 'signature_mismatch'],
    ['another timestamp', { 'svix-timestamp': '1795160001' }, 'signature_mismatch'],
  ])('%s is refused', async (_what, changes, error) => {
    expect(await verify(body, headers(changes), [secret], nowMs)).toEqual({ ok: false, error });
  });

  test('whatever bytes were signed verify, and no other byte does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), async (content, position) => {
        const signed = sign('msg_1', content);
        expect(await verify(content, signed, [secret], nowMs)).toEqual({ ok: true, value: { deliveryId: 'msg_1' } });
        const changed = Uint8Array.from(content);
        const at = position % changed.length;
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect((await verify(changed, signed, [secret], nowMs)).ok).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

function sign(id: string, content: string | Uint8Array): Headers {
  const timestamp = String(vectors.now_seconds);
  const key = Buffer.from(vectors.secret.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(content).digest('base64');
  return new Headers({ 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${mac}` });
}
