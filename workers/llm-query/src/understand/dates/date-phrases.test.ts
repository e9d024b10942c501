import { addDays, LocalDate } from '@innkeeper/shared/domain/local-time';
import { describe, expect, it } from 'vitest';
import { chronoStyleDates } from '../__fixtures__/dates-chrono-style.ts';
import { heldBackEnglishDates, tunedEnglishDates } from '../__fixtures__/dates-english.ts';
import { frenchDatePhrases } from '../__fixtures__/dates-french.ts';
import { germanDatePhrases } from '../__fixtures__/dates-german.ts';
import { portugueseDatePhrases } from '../__fixtures__/dates-portuguese.ts';
import { type DatePhrase, today } from '../__fixtures__/dates-rows.ts';
import { spanishDatePhrases } from '../__fixtures__/dates-spanish.ts';
import { phraseTable } from '../lexicon/phrase-table.ts';
import { tokenise } from '../tokens.ts';
import { fromThenOn } from './date-expression.ts';
import type { DateVocabulary } from './date-words.ts';
import { readDates } from './read-dates.ts';
import { openEndDays, resolveDate } from './resolve-date.ts';
import { englishDates } from './words/english.ts';
import { frenchDates } from './words/french.ts';
import { germanDates } from './words/german.ts';
import { portugueseDates } from './words/portuguese.ts';
import { spanishDates } from './words/spanish.ts';

const now = LocalDate.parse(today);
/** What may stand around a date without being a part of it. */
const around = /^(?:from|on|in|over|the|am|im|den|die|das|le|l|la|les|el|los|en|o|os|no|nos|na|a|-)$/u;

/** The days of a phrase that is one date and nothing else. */
function daysOf(phrase: string, { rows, forgiving }: DateVocabulary): string {
  const tokens = tokenise(phrase);
  const spans = readDates(tokens, phraseTable(rows, new Set(forgiving)), () => true);
  const [span] = spans;
  const rest = tokens.filter((_, at) => !spans.some(({ from, to }) => from <= at && at < to));
  if (!span || spans.length > 1 || !rest.every(({ text }) => around.test(text))) return 'none';
  const { expression } = tokens[span.from - 1]?.text === 'from' ? fromThenOn(span) : span;
  const range = resolveDate(expression, now, { unit: 'days', lean: 'near', openEnd: true });
  if (!range) return 'none';
  return range.to === addDays(range.from, openEndDays) ? `${range.from}+` : `${range.from}..${range.to}`;
}

const sets: ReadonlyArray<readonly [string, DateVocabulary, readonly DatePhrase[], atLeast: number, share: number]> = [
  ['English as managers write, used to tune', englishDates, tunedEnglishDates, 170, 0.98],
  ['English as managers write, held back', englishDates, heldBackEnglishDates, 80, 0.98],
  ['English as date parsers are tested', englishDates, chronoStyleDates, 150, 0.98],
  ['German', germanDates, germanDatePhrases, 60, 0.98],
  ['French', frenchDates, frenchDatePhrases, 60, 0.98],
  ['Spanish', spanishDates, spanishDatePhrases, 60, 0.98],
  ['Portuguese', portugueseDates, portugueseDatePhrases, 60, 0.98],
];

describe('dates in words, each written down with its days before it was read', () => {
  it.each(sets)('%s', (_, words, phrases, atLeast, share) => {
    expect(phrases.length).toBeGreaterThanOrEqual(atLeast);
    const misread = phrases.flatMap(({ phrase, days }) => {
      const read = daysOf(phrase, words);
      return read === days ? [] : [`${phrase}: ${read} instead of ${days}`];
    });
    expect({ misread, isEnough: 1 - misread.length / phrases.length >= share }).toMatchObject({ isEnough: true });
  });
});
