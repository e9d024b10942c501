import { addDays, daysBetween, isoWeekday, LocalDate } from '@innkeeper/shared/domain/local-time';
import type { DayRange } from '@innkeeper/shared/domain/plan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chronoStyleDates } from '../__fixtures__/dates-chrono-style.ts';
import { heldBackEnglishDates, tunedEnglishDates } from '../__fixtures__/dates-english.ts';
import { phraseTable } from '../lexicon/phrase-table.ts';
import { tokenise } from '../tokens.ts';
import type { DateVocabulary, DateWords } from './date-words.ts';
import { readDates } from './read-dates.ts';
import { type DateUse, resolveDate } from './resolve-date.ts';
import { englishDates } from './words/english.ts';
import { frenchDates } from './words/french.ts';
import { germanDates } from './words/german.ts';
import { portugueseDates } from './words/portuguese.ts';
import { spanishDates } from './words/spanish.ts';

const tableOf = ({ rows, forgiving }: DateVocabulary): DateWords => phraseTable(rows, new Set(forgiving));
const english = tableOf(englishDates);
const german = tableOf(germanDates);
const french = tableOf(frenchDates);
const spanish = tableOf(spanishDates);
const portuguese = tableOf(portugueseDates);
const days: DateUse = { unit: 'days', lean: 'near' };

function rangesIn(text: string, words: DateWords, today: LocalDate, use = days): ReadonlyArray<DayRange | undefined> {
  return readDates(tokenise(text), words, () => true).map(span => resolveDate(span.expression, today, use));
}

/** Any day between 1990 and 2100 is today. */
const anyToday = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2100-12-31T00:00:00Z'), noInvalidDate: true })
  .map(date => LocalDate.parse(date.toISOString().slice(0, 10)));
const oneDay = (day: LocalDate): DayRange[] => [{ from: day, to: day }];

const names = (text: string): readonly string[] => text.split(' ');
const months = {
  english: names('January February March April May June July August September October November December'),
  german: names('Januar Februar März April Mai Juni Juli August September Oktober November Dezember'),
  french: names('janvier février mars avril mai juin juillet août septembre octobre novembre décembre'),
  spanish: names('enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'),
  portuguese: names('janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'),
};
const weekdays = names('Monday Tuesday Wednesday Thursday Friday Saturday Sunday');
const ending = (day: number): string => (day > 3 && day < 21 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'));
const ordinal = (day: number): string => `${day}${ending(day)}`;
const two = (value: number): string => String(value).padStart(2, '0');
const parts = (date: LocalDate): readonly [year: number, month: number, day: number] => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return [year, month, day];
};

type Writing = readonly [words: DateWords, write: (date: LocalDate) => string];
const written = (
  words: DateWords,
  write: (year: number, month: number, day: number, weekday: number) => string,
): Writing => [words, date => write(...parts(date), isoWeekday(date))];

const inEnglish = written(english, (year, month, day) => `${day} ${months.english[month - 1]} ${year}`);
const inGermanNumbers = written(german, (year, month, day) => `${two(day)}.${two(month)}.${year}`);
const withYear: readonly Writing[] = [
  inEnglish,
  inGermanNumbers,
  written(english, (year, month, day) => `on ${year}-${two(month)}-${two(day)}`),
  written(english, (year, month, day) => `${year}/${two(month)}/${two(day)}`),
  written(english, (year, month, day) => `${day}.${month}.${year}`),
  written(english, (year, month, day) => `the ${ordinal(day)} of ${months.english[month - 1]} ${year}`),
  written(english, (year, month, day) => `${months.english[month - 1]} ${ordinal(day)}, ${year}`),
  written(english, (year, month, day) => `${months.english[month - 1]?.slice(0, 3)} ${day} ${year}`),
  written(
    english,
    (year, month, day, weekday) => `${weekdays[weekday - 1]}, ${day} ${months.english[month - 1]} ${year}`,
  ),
  written(german, (year, month, day) => `am ${day}. ${months.german[month - 1]} ${year}`),
  written(french, (year, month, day) => `le ${day === 1 ? '1er' : day} ${months.french[month - 1]} ${year}`),
  written(spanish, (year, month, day) => `el ${day} de ${months.spanish[month - 1]} de ${year}`),
  written(portuguese, (year, month, day) => `no dia ${day} de ${months.portuguese[month - 1]} de ${year}`),
];

/** Without a year: of the days between 45 days ago and 300 days ahead only one can be meant. */
const withoutYear: readonly Writing[] = [
  written(english, (_, month, day) => `${day} ${months.english[month - 1]}`),
  written(english, (_, month, day) => `${months.english[month - 1]} the ${ordinal(day)}`),
  written(english, (_, month, day) => `on ${day}/${month}`),
  written(german, (_, month, day) => `am ${day}.${month}.`),
  written(german, (_, month, day) => `${day}. ${months.german[month - 1]}`),
  written(french, (_, month, day) => `le ${day} ${months.french[month - 1]}`),
  written(spanish, (_, month, day) => `el ${day} de ${months.spanish[month - 1]}`),
  written(portuguese, (_, month, day) => `${day} de ${months.portuguese[month - 1]}`),
];

type Distance = readonly [words: DateWords, write: (days: number) => string, sign: 1 | -1];
const distances: readonly Distance[] = [
  [english, count => `in ${count} days`, 1],
  [english, count => `${count} days from now`, 1],
  [english, count => `${count} days after today`, 1],
  [english, count => `${count} days ago`, -1],
  [english, count => `${count} days before today`, -1],
  [german, count => `in ${count} Tagen`, 1],
  [german, count => `vor ${count} Tagen`, -1],
  [french, count => `dans ${count} jours`, 1],
  [french, count => `il y a ${count} jours`, -1],
  [spanish, count => `dentro de ${count} días`, 1],
  [spanish, count => `hace ${count} días`, -1],
  [portuguese, count => `daqui a ${count} dias`, 1],
  [portuguese, count => `há ${count} dias`, -1],
];

describe('whatever day is today', () => {
  it('every day is read back from every way of writing it with its year', () => {
    fc.assert(
      fc.property(anyToday, anyToday, fc.constantFrom(...withYear), (today, date, [words, write]) => {
        expect(rangesIn(write(date), words, today)).toEqual(oneDay(date));
      }),
      { numRuns: 500 },
    );
  });

  it('a coming day is read back from every way of writing it without a year', () => {
    const ahead = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(anyToday, ahead, fc.constantFrom(...withoutYear), (today, distance, [words, write]) => {
        const date = addDays(today, distance);
        expect(rangesIn(write(date), words, today)).toEqual(oneDay(date));
      }),
      { numRuns: 500 },
    );
  });

  it('a distance is that many days', () => {
    const far = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(anyToday, far, fc.constantFrom(...distances), (today, count, [words, write, sign]) => {
        expect(rangesIn(write(count), words, today)).toEqual(oneDay(addDays(today, sign * count)));
      }),
      { numRuns: 400 },
    );
  });

  it('a range is read back from both its ends; for nights its last day is the morning of leaving', () => {
    const ranges: ReadonlyArray<readonly [DateWords, (from: LocalDate, to: LocalDate) => string]> = [
      [english, (from, to) => `${from} to ${to}`],
      [english, (from, to) => `${from}/${to}`],
      [english, (from, to) => `from ${inEnglish[1](from)} until ${inEnglish[1](to)}`],
      [german, (from, to) => `vom ${inGermanNumbers[1](from)} bis zum ${inGermanNumbers[1](to)}`],
    ];
    const length = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(anyToday, anyToday, length, fc.constantFrom(...ranges), (today, from, count, [words, write]) => {
        const to = addDays(from, count);
        expect(rangesIn(write(from, to), words, today)).toEqual([{ from, to }]);
        const nights = rangesIn(write(from, to), words, today, { unit: 'nights', lean: 'near' });
        expect(nights).toEqual([{ from, to: addDays(to, -1) }]);
        expect(rangesIn(write(to, from), words, today)).toEqual([undefined]);
      }),
      { numRuns: 300 },
    );
  });

  it('the n-th weekday of a month is that weekday, and the last one has none of its kind behind it', () => {
    const ordinals = ['first', 'second', 'third', 'fourth', 'last'];
    const choice = fc.tuple(fc.nat({ max: 4 }), fc.integer({ min: 1, max: 7 }));
    fc.assert(
      fc.property(anyToday, anyToday, choice, (today, month, [n, weekday]) => {
        const [year, monthNumber] = parts(month);
        const text = `${ordinals[n]} ${weekdays[weekday - 1]} of ${months.english[monthNumber - 1]} ${year}`;
        const [range] = rangesIn(text, english, today);
        const found = range?.from ?? today;
        expect([found.slice(0, 7), isoWeekday(found)]).toEqual([month.slice(0, 7), weekday]);
        const isNth =
          n < 4 ? Math.ceil(parts(found)[2] / 7) === n + 1 : addDays(found, 7).slice(0, 7) !== month.slice(0, 7);
        expect(isNth).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('a weekday written beside a date has to be its weekday', () => {
    fc.assert(
      fc.property(anyToday, anyToday, fc.integer({ min: 1, max: 6 }), (today, date, off) => {
        const wrong = weekdays[(isoWeekday(date) - 1 + off) % 7];
        expect(rangesIn(`${wrong} ${inEnglish[1](date)}`, english, today)).toEqual([undefined]);
      }),
    );
  });

  it('the months, weeks and weekends of a phrase follow one another', () => {
    fc.assert(
      fc.property(anyToday, fc.constantFrom('week', 'weekend', 'month', 'quarter', 'year'), (today, unit) => {
        const [last, current, next] = ['last', 'this', 'next'].map(
          which => rangesIn(`${which} ${unit}`, english, today)[0],
        );
        if (!last || !current || !next) throw new Error(`no ${unit} around ${today}`);
        const gap = unit === 'weekend' ? 6 : 1;
        expect([daysBetween(last.to, current.from), daysBetween(current.to, next.from)]).toEqual([gap, gap]);
        expect(unit === 'weekend' || (current.from <= today && today <= current.to)).toBe(true);
      }),
    );
  });
});

describe('any text', () => {
  const vocabularies = [englishDates, germanDates, frenchDates, spanishDates, portugueseDates];
  const phrases = [...tunedEnglishDates, ...heldBackEnglishDates, ...chronoStyleDates].map(({ phrase }) => phrase);
  const salad = fc.constantFrom(...vocabularies).chain(vocabulary => {
    const words = vocabulary.rows.flatMap(([, row]) => row.split('|'));
    const piece = fc.oneof(
      fc.constantFrom(...words),
      fc.constantFrom(...phrases),
      fc.constantFrom(...names('3 31 12/03 2026 9999 0 -')),
    );
    return fc.tuple(
      fc.constant(tableOf(vocabulary)),
      fc.array(piece, { maxLength: 30 }).map(list => list.join(' ')),
    );
  });
  const uses: readonly DateUse[] = (['past', 'near', 'future'] as const).flatMap(lean => [
    { unit: 'days', lean },
    { unit: 'nights', lean, openEnd: true },
  ]);

  it('is read without failing into spans in order, and their days run forwards inside the calendar', () => {
    fc.assert(
      fc.property(salad, anyToday, fc.constantFrom(...uses), ([words, text], today, use) => {
        let end = 0;
        for (const span of readDates(tokenise(text), words, () => true)) {
          expect(span.from).toBeGreaterThanOrEqual(end);
          expect(span.to).toBeGreaterThan(span.from);
          end = span.to;
          const range = resolveDate(span.expression, today, use);
          if (!range) continue;
          expect(LocalDate.safeParse(range.from).success && LocalDate.safeParse(range.to).success).toBe(true);
          expect(range.from <= range.to).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['the day after ', 'in ', 'from ', 'the ', '3 ', 'friday ', 'between the ', 'the week after ', 'last '])(
    'of a thousand times "%s" is read to its end',
    words => {
      const tokens = tokenise(words.repeat(1000));
      const spans = readDates(tokens, english, () => true);
      expect(spans.length).toBeLessThanOrEqual(tokens.length);
    },
  );

  it('a word that another part of the question took is no date', () => {
    expect(readDates(tokenise('arrivals on friday'), english, at => at !== 2)).toEqual([]);
  });
});
