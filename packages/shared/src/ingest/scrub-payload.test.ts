import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseJsonObject } from '../http-edge/parse-json-object.ts';
import { SECRETS } from '../redaction/__fixtures__/secrets.ts';
import { scrubPayload } from './scrub-payload.ts';

describe('what is kept of a delivery', () => {
  test('credentials, payment data and door codes are gone at every depth', () => {
    const kept = scrubPayload({
      token: 'abc',
      reservation: {
        keyCode: '4711',
        notes: { key_code: '4711', cleaning: 'Cot needed' },
        money: { hostPayout: 3471, payments: [{ amount: 190, last4: '4242' }], invoiceItems: [{ amount: 35 }] },
      },
      guest: { paymentMethods: [{ card: { number: '4111111111111111' } }], phones: ['12016665626'] },
      list: [[{ doorCode: '1', 'access-codes': ['2'] }, 'text']],
    });
    expect(kept).toEqual({
      reservation: { notes: { cleaning: 'Cot needed' } },
      guest: { phones: ['12016665626'] },
      list: [[{}, 'text']],
    });
  });

  test('of a payment: whose it is, its state and when', () => {
    const payment = {
      _id: 'p1',
      reservationId: 'r1',
      paymentId: 'p1',
      status: 'SUCCEEDED',
      paidAt: '2026-11-20T10:00:00.000Z',
      amount: 190,
      currency: 'GBP',
      paymentMethodId: 'm1',
      last4: '4242',
      brand: 'Visa',
      name: 'Grace Guest',
      address: { line1: '1 Example Street' },
    };
    const { _id, reservationId, paymentId, status, paidAt } = payment;
    expect(scrubPayload({ event: 'payments.received', payment })).toEqual({
      event: 'payments.received',
      payment: { _id, reservationId, paymentId, status, paidAt },
    });
  });

  test('card numbers and door codes inside texts are gone, names and telephone numbers stay for the replay', () => {
    const kept = scrubPayload({
      body: 'My card is 4111 1111 1111 1111, the door code is 4711, call +44 7700 900123. Grace',
    });
    expect(JSON.stringify(kept)).not.toMatch(/4111|4711/u);
    expect(JSON.stringify(kept)).toMatch(/\+44 7700 900123.*Grace/u);
  });

  test.each([...SECRETS.card, ...SECRETS.code, ...SECRETS.secret])('however it is disguised: %j', (text, ...parts) => {
    const kept = JSON.stringify(scrubPayload({ message: { thread: [{ body: text }] } }));
    for (const part of parts) expect(kept).not.toContain(part);
  });

  test('a card that is a number of JSON is gone, a time and an amount are not', () => {
    expect(scrubPayload({ a: 4111111111111111, at: 1795161300000, micros: 1795161300000000, amount: 1250 })).toEqual({
      a: null,
      at: 1795161300000,
      micros: 1795161300000000,
      amount: 1250,
    });
  });

  test('ids stay as they are, even those that look like a card', () => {
    const ids = { externalId: '4111111111111111', airbnb2: { id: 4111111111111111 } };
    expect(scrubPayload(ids)).toEqual(ids);
  });

  test.each([
    [
      'https://recordings.example.com/a.mp3?X-Amz-Expires=600&X-Amz-Signature=abc',
      'https://recordings.example.com/a.mp3',
    ],
    ['listen: https://x.example.com/a?sig=abc&se=2026 now', 'listen: https://x.example.com/a now'],
    ['https://grace:pass@files.example.com/a', 'https://files.example.com/a'],
    ['https://app.example.com/calls?page=2', 'https://app.example.com/calls?page=2'],
  ])('a link that is itself a key is none any more: %j', (link, kept) => {
    expect(scrubPayload({ recording: link })).toEqual({ recording: kept });
  });

  test('a thousand levels of nesting end at a few', () => {
    const nested = JSON.parse(`${'{"a":'.repeat(1_000)}{"token":"abc"}${'}'.repeat(1_000)}`) as Record<string, unknown>;
    const lists = JSON.parse(`{"a":${'['.repeat(1_000)}"whsec_abcdefgh"${']'.repeat(1_000)}}`) as Record<
      string,
      unknown
    >;
    for (const payload of [nested, lists]) {
      expect(JSON.stringify(scrubPayload(payload))).not.toMatch(/abc/u);
    }
  });
});

/** Real and documented forms of both vendors' deliveries and answers. */
const WORKERS = path.resolve(import.meta.dirname, '../../../../workers');
const samples = ['guesty-webhook', 'aircall-webhook'].flatMap(worker => {
  const folder = path.join(WORKERS, worker, 'src/__fixtures__');
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => [`${worker}/${name}`, readFileSync(path.join(folder, name))] as const);
});

test.each(samples)('of %s nothing of money, means of payment, keys or signatures is kept', (_name, bytes) => {
  const parsed = parseJsonObject(bytes);
  if (!parsed.ok) return; // A list of the vendor's, which no delivery is.
  const kept = JSON.stringify(scrubPayload(parsed.value));
  expect(kept).not.toMatch(
    /"(?:money|token|amount|last4|brand|hostPayout|fareAccommodation|paymentMethod\w*|keyCode|cvc|iban)"|X-Amz-Signature|whsec_/u,
  );
  // Scrubbed once is scrubbed: a replayed delivery is kept as it was.
  expect(JSON.stringify(scrubPayload(JSON.parse(kept) as Record<string, unknown>))).toBe(kept);
});
