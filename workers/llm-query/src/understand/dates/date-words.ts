import type { PhraseRow, PhraseTable } from '../lexicon/phrase-table.ts';

/** What a word means inside a date; the grammar in `read-dates.ts` knows only these, whatever the language. */
export type DateWord =
  | `day:${number}` // days from today
  | `weekday:${number}` // ISO, 1 Monday
  | `month:${number}`
  | `holiday:${Holiday}`
  | `number:${number}` // a small number in words
  | `ordinal:${number}` // in words; -1 is no word of this kind but `last`
  | `nth_week:${number}` // "segunda semana", where "segunda" alone is Monday
  | `night:${number}` // the night of a day from today: tonight, last night
  | `quarter:${number}`
  | 'next'
  | 'coming' // the next one there is: "coming Friday" is this week's, "next Friday" is next week's
  | 'this'
  | 'last'
  | 'after_next' // übernächste
  | 'before_last'
  | 'week'
  | 'weekend'
  | 'fortnight'
  | 'months'
  | 'years'
  | 'quarters'
  | 'iso_week' // before its number
  | 'days'
  | 'nights'
  | 'early'
  | 'mid'
  | 'late'
  | 'half'
  | 'from'
  | 'starting'
  | 'onwards'
  | 'to'
  | 'between'
  | 'and'
  | 'for'
  | 'in'
  | 'the'
  | 'dated' // an article after which a number is a day: am 5., le 5, el 5, dia 5
  | 'of'
  | 'of_or_from' // Spanish and Portuguese "de", French "du", German "von"
  | 'on'
  | 'since'
  | 'until'
  | 'before'
  | 'after'
  | 'day_before' // la veille de
  | 'day_after'
  | 'ago'
  | 'hence' // from now
  | 'none'; // holds a word of dates and is none: guten Morgen

export type Holiday =
  | 'epiphany'
  | 'valentines_day'
  | 'labour_day'
  | 'assumption'
  | 'halloween'
  | 'all_saints'
  | 'thanksgiving'
  | 'christmas_eve'
  | 'christmas'
  | 'christmas_days'
  | 'boxing_day'
  | 'new_year'
  | 'new_years_eve'
  | 'new_years_day'
  | 'holy_week'
  | 'maundy_thursday'
  | 'good_friday'
  | 'easter_saturday'
  | 'easter'
  | 'easter_monday'
  | 'easter_weekend'
  | 'ascension'
  | 'pentecost'
  | 'pentecost_monday'
  | 'pentecost_weekend';

export type DateWords = PhraseTable<DateWord>;

/** The date words of a language; `forgiving` are single words in which a near miss is a typing error. */
export type DateVocabulary = {
  readonly rows: ReadonlyArray<PhraseRow<DateWord>>;
  readonly forgiving: readonly string[];
};

/** Rows of words that are counted from 1: weekdays, months, numbers. */
export const counted = (
  kind: 'weekday' | 'month' | 'number' | 'ordinal',
  phrases: readonly string[],
): ReadonlyArray<PhraseRow<DateWord>> => phrases.map((one, index) => [`${kind}:${index + 1}`, one]);
