import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readToldTimes } from './told-times.ts';

const read = (text: string): string[] =>
  readToldTimes(text).map(({ movement, times }) => `${movement} ${times.join(' or ')}`);

describe('readToldTimes', () => {
  test.each([
    ['We will arrive around 12:00', ['arrival 12:00']],
    ['Can we check in at 2pm?', ['arrival 14:00']],
    ['guest says check-in 12 p.m. is fine', ['arrival 12:00']],
    ["We'll be there at noon", ['arrival 12:00']],
    ['arriving at 3:30 with the kids', ['arrival 03:30 or 15:30']],
    ['we arrive at 03:30', ['arrival 03:30']],
    ['Wir kommen gegen 14 Uhr an. Ankunft also 14:00', ['arrival 14:00']],
    ['Ankunft gegen 14 Uhr 30', ['arrival 14:30']],
    ['Anreise 12.30 Uhr', ['arrival 12:30']],
    ['Nous arrivons vers 15h30', ['arrival 15:30']],
    ['Llegamos a las 15:00', ['arrival 15:00']],
    ['Chegamos às 15h', ['arrival 15:00']],
    ['Late check-out until 13:00 please', ['departure 13:00']],
    ['Abreise um 9 Uhr', ['departure 09:00']],
    ['Nous partons à 10h', ['departure 10:00']],
    ['La salida es a las 11:00', ['departure 11:00']],
    ['Saímos às 9h30', ['departure 09:30']],
    ['We arrive at 12:00 and leave on Monday at 10:00', ['arrival 12:00', 'departure 10:00']],
    ['Our flight lands at 10:30, we arrive at the flat by 12:15', ['arrival 12:15']],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test.each([
    'Breakfast is at 9:00',
    'The cleaners come at 11:00 for cleaning',
    'My flight is at 18:40',
    'Arriving on 12.12. with 3 people',
    'arrival in building 12',
    'We arrive at 25:00',
    'check-in costs €12:00',
    'arrive at 3',
    '',
  ])('%j says nothing of coming or going at an hour', text => {
    expect(read(text)).toEqual([]);
  });

  test('quotes the sentence it stands in, word for word', () => {
    expect(readToldTimes('Hello! We arrive at 12:00. See you soon.')[0]?.quote).toBe('We arrive at 12:00');
  });

  test('reads any text, and quotes only what it says', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        'arrive ',
        'check-out ',
        '12:00 ',
        '3pm ',
        '15h30',
        'at noon. ',
        'flight ',
        '\n',
        '25:99',
        'Ankunft 14 Uhr',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), pieces => {
        const text = pieces.join('');
        return readToldTimes(text).every(
          ({ times, quote }) =>
            text.includes(quote) && times.length > 0 && times.every(time => /^([01]\d|2[0-3]):[0-5]\d$/u.test(time)),
        );
      }),
    );
  });
});
