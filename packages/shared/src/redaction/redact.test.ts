import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ORDINARY } from './__fixtures__/ordinary.ts';
import { SECRETS } from './__fixtures__/secrets.ts';
import { redact, redactSecrets } from './redact.ts';
import { MARKS } from './span.ts';

const secrets = Object.values(SECRETS).flatMap(list => list.map(([text]) => text));

/** Texts made of what the detectors look for, whole and in pieces, in any neighbourhood. */
const fragment = fc.oneof(
  fc.constantFrom(...secrets, ...ORDINARY),
  fc.constantFrom(
    ...Array.from('0123456789#*@+-./:,()[] \n'),
    'code',
    'door',
    'lockbox',
    ' at ',
    ' dot ',
    'com',
    'PIN',
    'tel ',
    'O',
    'l',
  ),
  fc.constantFrom('\u200b', '\u00ad', '４', '٤', '𝟒', 'é', 'ü', '\ud800', '–', '\u0000', '😀', 'İ', 'ﬁ', '½'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const text = fc.array(fragment, { maxLength: 12 }).map(parts => parts.join(''));

describe('redact', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(text, written => {
        for (const clean of [redact, redactSecrets]) expect(clean(clean(written))).toBe(clean(written));
      }),
      { numRuns: 300 },
    );
  });

  it('touches nothing but what it takes out', () => {
    fc.assert(
      fc.property(text, written => {
        const kept = redact(written).split(/\[(?:e-mail|phone number|card number|code|secret)\]/u);
        let from = 0;
        for (const part of kept) {
          const at = written.indexOf(part, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + part.length;
        }
      }),
    );
  });

  it('finds a card, an e-mail and a phone number between any words', () => {
    const words = fc.stringMatching(/^[a-z ,.!?]{0,40}$/u);
    const luhn = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 })
      .map(digits => [...[4, ...digits], checkDigit([4, ...digits])].join('').replace(/(\d{4})(?=\d)/gu, '$1 '));
    const phone = fc.integer({ min: 100_000_000, max: 9_999_999_999 }).map(number => `+${number}`);
    const email = fc.stringMatching(/^[a-z]{1,10}\.[a-z]{1,10}@[a-z]{1,10}\.(?:com|pt|de)$/u);
    fc.assert(
      fc.property(words, luhn, words, phone, words, email, (a, card, b, number, c, address) => {
        const clean = redact(`${a} ${card}; ${b} ${number}; ${c} ${address}.`);
        expect(clean).not.toContain(card);
        expect(clean).not.toContain(number);
        expect(clean).not.toContain(address);
        expect(clean).toContain(MARKS.email);
      }),
    );
  });

  // Work that grew with the square of the length would not end within a test's time.
  it.each(
    [
      'code the the the ',
      '1 ',
      '11 ',
      '1111 ',
      'a.',
      'a@',
      'at dot ',
      '@@',
      'code of ',
      'door ',
      'eyJ-',
      'Bearer ',
      '+0(',
      '4️⃣ ',
      'é',
      '# ',
      "l'",
    ].map(piece => [piece]),
  )('takes time in proportion to the length: %j over and over', piece => {
    const hostile = piece.repeat(Math.ceil(60_000 / piece.length));
    expect(redact(hostile).length).toBeGreaterThan(0);
  });
});

function checkDigit(digits: readonly number[]): number {
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
