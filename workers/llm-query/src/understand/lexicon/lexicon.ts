import type { DateVocabulary, DateWords } from '../dates/date-words.ts';
import type { LimitWord, LimitWords } from '../limits/limit-words.ts';
import { type PhraseRow, type PhraseTable, phraseTable } from './phrase-table.ts';
import type { SplitVerb } from './split-verbs.ts';

export type HomeFact =
  | 'check_in_time'
  | 'check_out_time'
  | 'check_in_and_check_out_time'
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
  | 'correction' // no, I meant
  | 'who'
  | 'which'
  | 'how' // how does tomorrow look
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
  | 'stay_over' // there the night before and the night after
  | 'longest'
  | 'extend'
  | 'nights_sum' // how many nights are booked
  | 'in_house'
  | 'occupied'
  | 'turnover'
  | 'free'
  | 'overview'
  | 'ready'
  | 'booking'
  | 'made' // new bookings
  | 'changed'
  | 'cancelled'
  | 'cancellation'
  | 'not'
  | 'still' // yet, still
  | 'all_of_them' // has everyone arrived
  | 'not_arrived'
  | 'not_left'
  | 'possible'
  | 'early'
  | 'late'
  | 'only' // narrows the last answer: only those
  | 'only:children'
  | 'only:pets'
  | 'find'
  | 'status'
  | 'party'
  | 'next'
  | 'previous'
  | 'now'
  | 'call'
  | 'calls'
  | 'missed'
  | 'unanswered'
  | 'waiting' // for a reply
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
  | 'cleaning'
  | 'maintenance'
  | 'due' // what is due
  | 'open' // not done
  | 'overdue'
  | `fact:${HomeFact}`
  | `private:${PrivateDetail}`;

export type LanguageWords = {
  readonly tags: ReadonlyArray<PhraseRow<Tag>>;
  readonly dates: DateVocabulary;
  /** Words around hours, sizes of parties and numbers of nights. */
  readonly limits: ReadonlyArray<PhraseRow<LimitWord>>;
  readonly splitVerbs?: readonly SplitVerb[];
  /** Words in which a near miss is a typing error; long and unlike any other word of the language. */
  readonly forgiving: readonly string[];
};

export type Lexicon = {
  readonly tags: PhraseTable<Tag>;
  readonly dates: DateWords;
  readonly limits: LimitWords;
  readonly splitVerbs: readonly SplitVerb[];
};

export function lexiconOf({ tags, dates, limits, splitVerbs = [], forgiving }: LanguageWords): Lexicon {
  const forgiven = new Set(forgiving);
  return {
    tags: phraseTable(tags, forgiven),
    dates: phraseTable(dates.rows, new Set(dates.forgiving)),
    limits: phraseTable(limits),
    splitVerbs,
  };
}
