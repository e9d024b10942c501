import { describe, expect, it } from 'vitest';
import { lexicons } from '../lexicon/lexicons.ts';
import { tokenise } from '../tokens.ts';
import { readLimits, readMoreNights, type SaidHour } from './read-limits.ts';

const [english, german, french, spanish, portuguese] = [...lexicons()];
type Words = NonNullable<typeof english>;

/** What the text limits, in short: `after 22:00`, `party 4`, `nights 2`; `~` where morning or evening is not said. */
function limitsIn(text: string, words: Words | undefined = english): readonly string[] {
  if (!words) throw new Error('there is no such language');
  const tokens = tokenise(text);
  const nights = readMoreNights(tokens, words, () => true);
  const isFree = (index: number): boolean => !nights.some(({ from, to }) => from <= index && index < to);
  return [...nights, ...readLimits(tokens, words, isFree)].map(({ limit }) => {
    if (limit.kind === 'party') return `party ${limit.min}`;
    if (limit.kind === 'nights') return `nights ${limit.count}`;
    if (limit.kind === 'hours') return `${clock(limit.from)} to ${clock(limit.to)}`;
    return `${limit.side} ${clock(limit.said)}`;
  });
}

const clock = ({ hour, minute, halfDay }: SaidHour): string =>
  `${halfDay ? '~' : ''}${hour}:${String(minute).padStart(2, '0')}`;

describe('limits', () => {
  it.each([
    ['arrivals after 22:00', ['after 22:00']],
    ['arrivals from 9pm on', ['after 21:00']],
    ['arrivals from 9pm', []],
    ['departures before 7', ['before ~7:00']],
    ['by noon', ['before 12:00']],
    ['no later than 3:30', ['before ~3:30']],
    ['at 03:30', ['at 3:30']],
    ["at 9 o'clock", ['at ~9:00']],
    ['between 3 and 6pm', ['~3:00 to 18:00']],
    ['from 14:00 to 16:30', ['14:00 to 16:30']],
    ['between friends', []],
    ['a 1pm check-in', ['at 13:00']],
    ['would noon work', ['at 12:00']],
    ['after 25:00', []],
    ['after 3 of them', ['after ~3:00']],
    ['after the party', []],
    ['parties of 4 or more', ['party 4']],
    ['groups bigger than five', ['party 6']],
    ['with at least 3 guests', ['party 3']],
    ['4+ people', ['party 4']],
    ['4 guests or more', ['party 4']],
    ['parties of 4', []],
    ['more than 4', []],
    ['another night', ['nights 1']],
    ['two more nights', ['nights 2']],
    ['by 3 nights', ['nights 3']],
    ['a week longer', ['nights 7']],
    ['another 40 nights', []],
    ['two nights', []],
  ])('%s: %j', (text, expected) => {
    expect(limitsIn(text)).toEqual(expected);
  });

  it.each([
    ['German', german, 'nach 22 Uhr', 'after 22:00'],
    ['German', german, 'noch zwei Nächte', 'nights 2'],
    ['French', french, 'avant 8h', 'before 8:00'],
    ['French', french, 'une nuit de plus', 'nights 1'],
    ['Spanish', spanish, 'a partir de las 22', 'after 22:00'],
    ['Spanish', spanish, 'dos noches más', 'nights 2'],
    ['Portuguese', portuguese, 'depois das 22h', 'after 22:00'],
    ['Portuguese', portuguese, 'mais uma noite', 'nights 1'],
  ])('in %s', (_, words, text, expected) => {
    expect(limitsIn(text, words)).toEqual([expected]);
  });
});
