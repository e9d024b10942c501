import type { DateWord, DateWords } from '../dates/date-words.ts';
import { type PhraseRow, type PhraseTable, phraseTable } from './phrase-table.ts';
import type { SplitVerb } from './split-verbs.ts';

export type HomeFact =
  | 'check_in_time'
  | 'check_out_time'
  | 'wifi'
  | 'parking'
  | 'address'
  | 'bedrooms'
  | 'capacity'
  | 'house_rules'
  | 'pets';
export type PrivateDetail = 'phone' | 'email' | 'access_code' | 'card';

/** What a word contributes to a question. A word without a tag is unknown, and unknown words keep rules from answering. */
export type Tag =
  | 'filler' // changes nothing: please, show me, the
  | 'aux' // is, does, will
  | 'was' // is, long gone
  | 'can'
  | 'expected'
  | 'prep' // only beside what it belongs to
  | 'in'
  | 'and'
  | 'with'
  | 'fragment' // opens a follow-up: and, what about
  | 'who'
  | 'which'
  | 'guest'
  | 'homes'
  | 'count'
  | 'time'
  | 'how_long'
  | 'where'
  | 'arrive'
  | 'arrived'
  | 'arrival'
  | 'arrival_time'
  | 'depart'
  | 'departed'
  | 'departure'
  | 'departure_time'
  | 'stay'
  | 'stayed'
  | 'in_house'
  | 'occupied'
  | 'turnover'
  | 'free'
  | 'overview'
  | 'ready'
  | 'booking'
  | 'find'
  | 'status'
  | 'party'
  | 'next'
  | 'previous'
  | 'now'
  | 'call'
  | 'calls'
  | 'missed'
  | 'voicemail'
  | 'news'
  | 'since'
  | 'title'
  | 'family'
  | 'pronoun'
  | 'possessive'
  | 'messages'
  | 'chat' // what colleagues write to each other
  | 'texts'
  | 'tasks'
  | `fact:${HomeFact}`
  | `private:${PrivateDetail}`;

export type LanguageWords = {
  readonly tags: ReadonlyArray<PhraseRow<Tag>>;
  readonly dates: ReadonlyArray<PhraseRow<DateWord>>;
  readonly splitVerbs?: readonly SplitVerb[];
  /** Words in which a near miss is a typing error; long and unlike any other word of the language. */
  readonly forgiving: readonly string[];
};

export type Lexicon = {
  readonly tags: PhraseTable<Tag>;
  readonly dates: DateWords;
  readonly splitVerbs: readonly SplitVerb[];
};

export function lexiconOf({ tags, dates, splitVerbs = [], forgiving }: LanguageWords): Lexicon {
  const forgiven = new Set(forgiving);
  return { tags: phraseTable(tags, forgiven), dates: phraseTable(dates, forgiven), splitVerbs };
}
