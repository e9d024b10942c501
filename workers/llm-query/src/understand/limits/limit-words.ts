import type { PhraseTable } from '../lexicon/phrase-table.ts';

/** What a word means inside a limit; the grammar in `read-limits.ts` knows only these, whatever the language. */
export type LimitWord =
  | 'after'
  | 'before'
  | 'at'
  | 'between'
  | 'and' // between 3 and 6
  | 'from' // only with what follows it: "from 22:00 on"
  | 'onwards'
  | 'oclock'
  | 'noon'
  | 'group' // "groups of", "with": opens the size of a party
  | 'at_least'
  | 'more_than'
  | 'or_more'
  | 'people'
  | 'by' // "extend *by* two nights"
  | 'another' // one more
  | 'more'; // longer, extra

export type LimitWords = PhraseTable<LimitWord>;
