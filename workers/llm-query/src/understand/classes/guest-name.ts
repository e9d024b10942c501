import { type Part, type Reading, wordsAt } from '../reading.ts';
import { articles, notNames } from './not-names.ts';

/** The words that stand where a guest's name stands. Names are not known here: what is no other word may be one. Pure. */
export type NamedGuest = {
  /** As typed, with the title, without "family". */
  readonly name: string;
  /** Index among the reading's parts of the name, and of the first part after name, "family" and possessive. */
  readonly at: number;
  readonly after: number;
  readonly code: boolean;
  /** "Maria's" */
  readonly owns: boolean;
};

const wordsMax = 4;
const isWord = (text: string): boolean => /^\p{L}[\p{L}-]*$/u.test(text) && text.length > 1 && !notNames.has(text);
/** Confirmation codes mix letters and digits. */
const isCode = (text: string): boolean => /^(?=.*\d)(?=.*[a-z])[a-z\d]{5,20}$/u.test(text);

const isTag = (part: Part | undefined, tag: string): boolean => part?.kind === 'tag' && part.tag === tag;

export function namedGuest(reading: Reading): NamedGuest | undefined {
  const [span, second] = reading.unknown;
  if (!span || second) return undefined;
  const at = reading.parts.findIndex(part => part.kind === 'unknown' && part.from === span.from);
  const words = reading.tokens
    .slice(span.from, span.to)
    .map(token => token.text)
    .filter(text => text !== '-');
  const code = words.length === 1 && words.every(isCode);
  if (!code && (words.length === 0 || words.length > wordsMax || !words.every(isWord))) return undefined;
  const before = reading.parts[at - 1];
  const titled = isTag(before, 'title');
  const family = isTag(reading.parts[at + 1], 'family');
  let after = family ? at + 2 : at + 1;
  const owns = isTag(reading.parts[after], 'possessive');
  if (owns) after += 1;
  // "the plumber" is a thing; "the Okafor booking", "the Silva party", "the Novak family" are not.
  const article = isTag(before, 'filler') && articles.has(reading.tokens[(before?.to ?? 0) - 1]?.text ?? '');
  const following = reading.parts[after];
  if (article && !family && !isTag(following, 'booking') && !isTag(following, 'party')) return undefined;
  const from = titled && before ? before.from : span.from;
  return { name: wordsAt(reading, from, span.to), at: titled ? at - 1 : at, after, code, owns };
}
