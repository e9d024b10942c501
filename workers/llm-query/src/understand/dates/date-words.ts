import type { PhraseTable } from '../lexicon/phrase-table.ts';

/** What a word means inside a date; the grammar in `read-dates.ts` knows only these, whatever the language. */
export type DateWord =
  | `day:${number}` // days from today
  | `weekday:${number}` // ISO, 1 Monday
  | `month:${number}`
  | `holiday:${Holiday}`
  | `number:${number}` // a small number in words
  | `night:${number}` // the night of a day from today: tonight, last night
  | 'next'
  | 'coming' // the next one there is: "coming Friday" is this week's, "next Friday" is next week's
  | 'this'
  | 'last'
  | 'week'
  | 'weekend'
  | 'months'
  | 'days'
  | 'nights'
  | 'from'
  | 'to'
  | 'between'
  | 'and'
  | 'for'
  | 'in'
  | 'the'
  | 'of'
  | 'of_or_from' // Spanish and Portuguese "de"
  | 'on'
  | 'since'
  | 'until'
  | 'ago';

export type Holiday =
  | 'christmas_eve'
  | 'christmas'
  | 'christmas_days'
  | 'boxing_day'
  | 'new_year'
  | 'new_years_eve'
  | 'new_years_day'
  | 'good_friday'
  | 'easter'
  | 'easter_monday'
  | 'easter_weekend';

export type DateWords = PhraseTable<DateWord>;
