import { isoWeekday, LocalDate } from '@innkeeper/shared/domain/local-time';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { english } from '../lexicon/english.ts';
import { lexiconOf } from '../lexicon/lexicon.ts';
import { tokenise } from '../tokens.ts';
import { readDates } from './read-dates.ts';
import { type DateUse, resolveDate } from './resolve-date.ts';

const { dates: words } = lexiconOf(english);
const wednesday = LocalDate.parse('2026-11-18');

function rangesIn(text: string, today = wednesday, use: DateUse = { unit: 'days', lean: 'near' }): readonly string[] {
  return readDates(tokenise(text), words, () => true).map(span => {
    const range = resolveDate(span.expression, today, use);
    return range ? `${range.from}..${range.to}` : 'no such day';
  });
}

const months = 'January February March April May June July August September October November December'.split(' ');
const ordinal = (day: number): string =>
  `${day}${day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th'}`;
const spellings: ReadonlyArray<(year: number, month: number, day: number) => string> = [
  (year, month, day) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  (year, month, day) => `${day}.${month}.${year}`,
  (year, month, day) => `${day} ${months[month - 1]} ${year}`,
  (year, month, day) => `the ${ordinal(day)} of ${months[month - 1]} ${year}`,
  (year, month, day) => `${months[month - 1]} ${ordinal(day)}, ${year}`,
  (year, month, day) => `${months[month - 1]?.slice(0, 3)} ${day} ${year}`,
];
const someDay = fc
  .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2150-12-31T00:00:00Z'), noInvalidDate: true })
  .map(date => LocalDate.parse(date.toISOString().slice(0, 10)));

describe('dates in sentences', () => {
  it('reads every day back from every way of writing it', () => {
    fc.assert(
      fc.property(someDay, fc.constantFrom(...spellings), (date, spell) => {
        const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
        expect(rangesIn(`who arrives on ${spell(year, month, day)}?`)).toEqual([`${date}..${date}`]);
      }),
    );
  });

  it('a weekday is the next one, today included, whatever day it is', () => {
    const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
    fc.assert(
      fc.property(someDay, fc.integer({ min: 1, max: 7 }), (today, weekday) => {
        const [range = ''] = rangesIn(`arrivals on ${names[weekday - 1]}`, today);
        const found = LocalDate.parse(range.slice(0, 10));
        expect(isoWeekday(found)).toBe(weekday);
        expect(found >= today).toBe(true);
        expect((Date.parse(found) - Date.parse(today)) / 86_400_000).toBeLessThan(7);
      }),
    );
  });

  it.each([
    ['from Monday to Wednesday', '2026-11-23..2026-11-25'],
    ['between the 30th and the 2nd', '2026-11-30..2026-12-02'],
    ['28 December to 3 January', '2026-12-28..2027-01-03'],
    ['29 February', '2028-02-29..2028-02-29'],
    ['the 31st', '2026-12-31..2026-12-31'],
    ['next month', '2026-12-01..2026-12-31'],
    ['last month', '2026-10-01..2026-10-31'],
    ['good friday', '2027-03-26..2027-03-26'],
    ['easter 2038', '2038-04-25..2038-04-25'],
    ["new year's eve", '2026-12-31..2026-12-31'],
    ['31 April', 'no such day'],
    ['from 6 December 2026 to 3 December 2026', 'no such day'],
  ])('%s', (text, range) => {
    expect(rangesIn(text)).toEqual([range]);
  });

  it.each([
    'may I come in',
    'march to the door',
    'room 12',
    'at 18.30',
    '2 guests',
    'version 1.2',
    'the next guest',
    'a night',
  ])('finds no date in "%s"', text => {
    expect(rangesIn(text)).toEqual([]);
  });

  it.each([
    ['from Friday to Sunday', '2026-11-20..2026-11-21'],
    ['from Friday to Friday', '2026-11-20..2026-11-20'],
    ['from Friday for 3 nights', '2026-11-20..2026-11-22'],
    ['this week', '2026-11-18..2026-11-22'],
    ['this weekend', '2026-11-20..2026-11-21'],
    ['today and tomorrow', '2026-11-18..2026-11-19'],
  ])('nights: %s', (text, range) => {
    expect(rangesIn(text, wednesday, { unit: 'nights', lean: 'future' })).toEqual([range]);
  });

  it('on a Sunday what is left of the weekend is that night', () => {
    const sunday = LocalDate.parse('2026-11-22');
    expect(rangesIn('this weekend', sunday, { unit: 'nights', lean: 'future' })).toEqual(['2026-11-22..2026-11-22']);
  });
});
