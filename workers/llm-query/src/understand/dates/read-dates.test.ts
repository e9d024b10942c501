import { addDays, isoWeekday, LocalDate } from '@innkeeper/shared/domain/local-time';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phraseTable } from '../lexicon/phrase-table.ts';
import { tokenise } from '../tokens.ts';
import { fromThenOn } from './date-expression.ts';
import { readDates } from './read-dates.ts';
import { type DateUse, openEndDays, resolveDate } from './resolve-date.ts';
import { englishDates } from './words/english.ts';
import { frenchDates } from './words/french.ts';
import { germanDates } from './words/german.ts';
import { portugueseDates } from './words/portuguese.ts';
import { spanishDates } from './words/spanish.ts';

const words = phraseTable(englishDates.rows, new Set(englishDates.forgiving));
const wednesday = LocalDate.parse('2026-11-18');

function rangesIn(
  text: string,
  today = wednesday,
  use: DateUse = { unit: 'days', lean: 'near' },
  said = words,
): readonly string[] {
  return readDates(tokenise(text), said, () => true).map(span => {
    const range = resolveDate(span.expression, today, use);
    return range ? `${range.from}..${range.to}` : 'no such day';
  });
}

const someDay = fc
  .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2150-12-31T00:00:00Z'), noInvalidDate: true })
  .map(date => LocalDate.parse(date.toISOString().slice(0, 10)));

describe('dates in sentences', () => {
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
    ['nächstes Wochenende', germanDates],
    ['le week-end prochain', frenchDates],
    ['el próximo fin de semana', spanishDates],
    ['no próximo fim de semana', portugueseDates],
  ])('"%s" is the one to come, on a Saturday next week\'s', (text, vocabulary) => {
    const said = phraseTable(vocabulary.rows, new Set(vocabulary.forgiving));
    const onDay = (today: string): readonly string[] => rangesIn(text, LocalDate.parse(today), undefined, said);
    expect(onDay('2026-11-18')).toEqual(['2026-11-21..2026-11-22']);
    expect(onDay('2026-11-20')).toEqual(['2026-11-21..2026-11-22']);
    expect(onDay('2026-11-21')).toEqual(['2026-11-28..2026-11-29']);
    expect(onDay('2026-11-22')).toEqual(['2026-11-28..2026-11-29']);
  });

  it('several days in a row are one range only without a gap', () => {
    expect(rangesIn('friday, saturday and sunday')).toEqual(['2026-11-20..2026-11-22']);
    expect(rangesIn('friday, sunday and monday')).toEqual(['no such day']);
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
    ['21/11-24/11', '2026-11-21..2026-11-24'],
    ['from the 24th to the 26th of next month', '2026-12-24..2026-12-26'],
    ['friday to sunday next week', '2026-11-27..2026-11-29'],
    ['friday and saturday next week', '2026-11-27..2026-11-28'],
    ['the friday before christmas', '2026-12-18..2026-12-18'],
    ['the first friday after christmas', '2027-01-01..2027-01-01'],
    ['the friday after next', '2026-12-04..2026-12-04'],
    ['the monday before last', '2026-11-09..2026-11-09'],
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
    'the last guest',
    'a night',
    'a week',
    'the 3rd floor',
    'the first to arrive',
    '2 weeks 5 people',
    'after 15:00',
    'until 5',
    'the 5 guests',
    'half a year ago',
    'between 3 and 6',
    '24-26 guests',
    'the next 2 weekends',
    'so do we',
    'end of the day',
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
    ['the first weekend of December', '2026-12-04..2026-12-05'],
    ['the weekend after Easter', '2027-04-02..2027-04-03'],
    ['until Sunday', '2026-11-18..2026-11-21'],
    ['before Sunday', '2026-11-18..2026-11-21'],
    ['until the end of the month', '2026-11-18..2026-11-30'],
    ['until Christmas', '2026-11-18..2026-12-24'],
    ['for a week from the 23rd', '2026-11-23..2026-11-29'],
    ['the night of the 21st', '2026-11-21..2026-11-21'],
    ['last week', '2026-11-09..2026-11-15'],
    ['after the 20th', 'no such day'],
  ])('nights: %s', (text, range) => {
    expect(rangesIn(text, wednesday, { unit: 'nights', lean: 'future' })).toEqual([range]);
  });

  it.each([
    ['on Friday', '2026-11-13..2026-11-13'],
    ['at the weekend', '2026-11-14..2026-11-15'],
    ['on the 20th', '2026-10-20..2026-10-20'],
    ['in December', '2025-12-01..2025-12-31'],
    ['at Christmas', '2025-12-25..2025-12-25'],
    ['from Monday on', '2026-11-16..2026-11-18'],
    ['until Friday', 'no such day'],
  ])('of what is over: %s', (text, range) => {
    expect(rangesIn(text, wednesday, { unit: 'days', lean: 'past' })).toEqual([range]);
  });

  it('without an end is a year, for a class that means something by it', () => {
    const use: DateUse = { unit: 'days', lean: 'near', openEnd: true };
    const end = (from: string): string => `${from}..${addDays(LocalDate.parse(from), openEndDays)}`;
    expect(rangesIn('after the 20th', wednesday, use)).toEqual([end('2026-11-21')]);
    expect(rangesIn('from Friday on', wednesday, use)).toEqual([end('2026-11-20')]);
    expect(rangesIn('starting Monday', wednesday, use)).toEqual([end('2026-11-23')]);
    const [plain] = readDates(tokenise('from Friday'), words, () => true);
    const range = plain && resolveDate(fromThenOn(plain).expression, wednesday, use);
    expect(plain?.expression.kind).toBe('day');
    expect(range && `${range.from}..${range.to}`).toBe(end('2026-11-20'));
  });

  it('on a Sunday what is left of the weekend is that night', () => {
    const sunday = LocalDate.parse('2026-11-22');
    expect(rangesIn('this weekend', sunday, { unit: 'nights', lean: 'future' })).toEqual(['2026-11-22..2026-11-22']);
  });
});
