import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MARKS, redact } from './redact.ts';

const goes: readonly [text: string, secret: string][] = [
  ['Write to grace.guest+bnb@mail.example.com please', 'grace.guest+bnb@mail.example.com'],
  ['mail me: jane (at) example.com', 'jane (at) example.com'],
  ['Call me on +44 20 7946 0103 after 5', '+44 20 7946 0103'],
  ['my number is 020 7946 0103', '020 7946 0103'],
  ['(0)20-7946-0103 is mine', '20-7946-0103'],
  ['whatsapp 12016665626', '12016665626'],
  ['tel. +351.912.345.678', '912'],
  ['card 4111 1111 1111 1111 exp 12/27', '4111 1111 1111 1111'],
  ['AMEX 378282246310005', '378282246310005'],
  ['The door code is 4711.', '4711'],
  ['door code: 4711#', '4711'],
  ['Lockbox 9315', '9315'],
  ['the lock box is 93-15', '93-15'],
  ['key box code to be 0000', '0000'],
  ['Your PIN is 8842', '8842'],
  ['code for the gate is A12B', 'A12B'],
  ['use 4711 at the door', '4711'],
  ['2580 is the code for the lockbox', '2580'],
  ['Alarm code 9981 at night', '9981'],
  ['Der Türcode ist 4711', '4711'],
  ['Schlüsselbox Code: 7788', '7788'],
  ['Le code de la porte est 1946B', '1946B'],
  ['el código de la puerta es 5521', '5521'],
  ['o código da porta é 5521', '5521'],
  ['secret whsec_Z3Vlc3R5LXRlc3Q in the log', 'whsec_Z3Vlc3R5LXRlc3Q'],
  ['Authorization: Bearer abc.def-ghi_jkl012', 'abc.def-ghi_jkl012'],
  ['gsk_abcdefghijklmnop0123', 'gsk_abcdefghijklmnop0123'],
];

const stays: readonly string[] = [
  'Checking in on 2026-11-21 at 15:00, leaving 24.11.2026.',
  'Stay 21/11/2026 – 24/11/2026, 3 nights, 2 guests, EUR 1,250.00',
  'The Wi-Fi password is sunny1234 and the network is Garden5G',
  'wifi code 12345678 is on the fridge',
  'Parking on level 2, place 114',
  'We arrive at the door at 21:30 with 2 kids',
  'Booking HMTEST0002 has confirmation code HMTEST0002',
  'Is the door broken? The heating in flat 3 is cold.',
  'The key is with the neighbour',
  'key box code to be sent by SMS',
  'Discount code SUMMER25 works until 30 June',
  'Gate closes 22:00, arrival 23:15, flight TP1356',
];

describe('redact', () => {
  it.each(goes)('takes the secret out of %j', (text, secret) => {
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).toMatch(/\[(?:e-mail|phone number|card number|code|secret)\]/u);
  });

  it.each(stays)('leaves %j as it is', text => {
    expect(redact(text)).toBe(text);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
      }),
    );
  });

  it('finds a card, an e-mail and a phone number between any words', () => {
    const words = fc.stringMatching(/^[a-z ,.!?]{0,40}$/u);
    const luhn = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 15, maxLength: 15 })
      .map(digits => [...digits, checkDigit(digits)].join('').replace(/(\d{4})(?=\d)/gu, '$1 '));
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

  it('stays quick on a hostile text', () => {
    const hostile = 'code the the the '.repeat(2_000) + '1 '.repeat(5_000) + 'a.'.repeat(5_000) + '@';
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
