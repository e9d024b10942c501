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
const signature = valid.headers['svix-signature'];
const headers = (changes: Record<string, string> = {}): Headers => new Headers({ ...valid.headers, ...changes });
const accepted = { ok: true, value: { deliveryId: valid.headers['svix-id'] } };
const mismatch = { ok: false, error: 'signature_mismatch' };
const missing = { ok: false, error: 'signature_missing' };

/** The headers under the names that Standard Webhooks gives them. */
function unbranded(branded: Headers): Headers {
  return new Headers([...branded].map(([name, value]): [string, string] => [name.replace('svix-', 'webhook-'), value]));
}

function without(name: string, all: Headers): Headers {
  all.delete(name);
  return all;
}

describe('verifying a Svix signature', () => {
  test.each(vectors.cases)('$name', async ({ headers, raw_body, valid }) => {
    expect((await verify(bytes(raw_body), new Headers(headers), [secret], nowMs)).ok).toBe(valid);
  });

  test('a body that was parsed and written again is not the one that was signed', async () => {
    const rewritten = JSON.stringify(JSON.parse('{"a": 1, "b": "\\u00fc"}'));
    const original = '{"a": 1, "b": "\\u00fc"}';
    const signed = sign('msg_1', original);
    expect((await verify(bytes(original), signed, [secret], nowMs)).ok).toBe(true);
    expect(await verify(bytes(rewritten), signed, [secret], nowMs)).toEqual(mismatch);
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

describe('secrets', () => {
  test.each([
    ['the right one', [secret], accepted],
    ['the new one of two that live', [other, secret], accepted],
    ['the old one of two that live', [secret, other], accepted],
    ['one without its prefix', [new Secret(vectors.secret.replace('whsec_', ''))], accepted],
    ['one beside another that is no base64', [new Secret('whsec_?'), new Secret('whsec_'), secret], accepted],
    ['a wrong one', [other], mismatch],
    ['only one that is no base64', [new Secret('whsec_?')], mismatch],
    ['none', [], mismatch],
  ])('%s', async (_what, secrets, verdict) => {
    expect(await verify(body, headers(), secrets, nowMs)).toEqual(verdict);
  });
});

describe('signatures', () => {
  const wrong = `v1,${btoa('x'.repeat(32))}`;

  test.each([
    ['two, the second right', `${wrong} ${signature}`, accepted],
    ['two, the first right', `${signature} ${wrong}`, accepted],
    ['one beside another version’s', `v1a,${btoa('asymmetric')} ${signature}`, accepted],
    ['two, both wrong', `${wrong} ${wrong}`, mismatch],
    ['no base64', 'v1,not*base64', mismatch],
    ['no base64, beside the right one', `v1,not*base64 ${signature}`, accepted],
    ['another version’s prefix', signature.replace('v1,', 'v2,'), mismatch],
    ['no prefix', signature.replace('v1,', ''), mismatch],
    ['a prefix alone', 'v1,', mismatch],
    ['a comma alone', ',', mismatch],
    ['a part of the right one', signature.slice(0, 20), mismatch],
    ['the right one and more', `${signature.replace(/=+$/u, '')}AAAA`, mismatch],
    ['an empty one', '', missing],
    ['spaces', '   ', missing],
    ['so many that the right one is not looked for', `${`${wrong} `.repeat(10)}${signature}`, mismatch],
  ])('%s', async (_what, sent, verdict) => {
    expect(await verify(body, headers({ 'svix-signature': sent }), [secret], nowMs)).toEqual(verdict);
  });
});

describe('headers', () => {
  test.each(['svix-id', 'svix-timestamp', 'svix-signature'])('without %s nothing is taken', async name => {
    expect(await verify(body, without(name, headers()), [secret], nowMs)).toEqual(missing);
    const neutral = name.replace('svix-', 'webhook-');
    expect(await verify(body, without(neutral, unbranded(headers())), [secret], nowMs)).toEqual(missing);
  });

  test('their unbranded names are as good', async () => {
    expect(await verify(body, unbranded(headers()), [secret], nowMs)).toEqual(accepted);
    expect(await verify(body, unbranded(headers({ 'svix-id': 'msg_other' })), [secret], nowMs)).toEqual(mismatch);
  });

  test('where both names come, what a stranger added does not count', async () => {
    const both = new Headers([...headers(), ['webhook-id', 'msg_stranger'], ['webhook-signature', 'v1,c3RyYW5nZXI=']]);
    expect(await verify(body, both, [secret], nowMs)).toEqual(accepted);
  });

  test.each([
    ['another id', { 'svix-id': 'msg_other' }, mismatch],
    ['no id', { 'svix-id': '' }, missing],
    ['another second', { 'svix-timestamp': '1795160001' }, mismatch],
    ['a timestamp that is no number', { 'svix-timestamp': '1795160000x' }, missing],
    ['a negative one', { 'svix-timestamp': '-1795160000' }, missing],
    ['one with a fraction', { 'svix-timestamp': '1795160000.0' }, missing],
    ['one in milliseconds', { 'svix-timestamp': '1795160000000' }, missing],
    ['one as a date', { 'svix-timestamp': '2026-11-20T07:33:20Z' }, missing],
    ['an empty one', { 'svix-timestamp': '' }, missing],
  ])('%s is refused', async (_what, changes, verdict) => {
    expect(await verify(body, headers(changes), [secret], nowMs)).toEqual(verdict);
  });

  test.each([
    [-300, true],
    [300, true],
    [-301, false],
    [301, false],
  ])('a signature whose time is %i s from now: %s', async (seconds, isTaken) => {
    const clock = (Number(valid.headers['svix-timestamp']) + seconds) * 1000;
    const verdict = isTaken ? accepted : { ok: false, error: 'timestamp_outside_window' };
    expect(await verify(body, headers(), [secret], clock)).toEqual(verdict);
  });
});

function sign(id: string, content: string | Uint8Array): Headers {
  const timestamp = String(vectors.now_seconds);
  const key = Buffer.from(vectors.secret.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(content).digest('base64');
  return new Headers({ 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${mac}` });
}
