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

const particles: ReadonlySet<string> = new Set(
  'de|da|do|dos|das|del|la|las|los|van|von|zu|der|den|di|e|y|s'.split('|'),
);

/** "Maria difficult": a name written large, and words behind it that are not. */
const isSentence = ({ tokens, question }: Reading, { from, to }: { from: number; to: number }): boolean => {
  const [first, ...rest] = tokens.slice(from, to).map(({ start, text }) => ({ initial: question[start] ?? '', text }));
  return (
    /\p{Lu}/u.test(first?.initial ?? '') &&
    rest.some(({ initial, text }) => /\p{Ll}/u.test(initial) && !particles.has(text))
  );
};

/** Philippa Nobody, Sofia Summer: behind a first name, written as names are. */
const isSurname = ({ tokens, question }: Reading, { from, to }: { from: number; to: number }, word: string): boolean =>
  tokens.slice(from, to).every(({ start, end }) => /^\p{Lu}\p{Ll}/u.test(question.slice(start, end))) &&
  /^\p{L}{2,}$/u.test(word);

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
  const isName = (word: string, place: number): boolean =>
    isWord(word) || (place > 0 && isSurname(reading, span, word));
  if (!code && (words.length === 0 || words.length > wordsMax || !words.every(isName))) return undefined;
  if (isSentence(reading, span)) return undefined;
  const before = reading.parts[at - 1];
  const titled = isTag(before, 'title');
  const family = isTag(reading.parts[at + 1], 'family');
  let after = family ? at + 2 : at + 1;
  const owns = isTag(reading.parts[after], 'possessive');
  if (owns) after += 1;
  // "the plumber" is a thing; "the Okafor booking", "the Silva party", "the Novak family", "the Okafors" are not.
  const article = isTag(before, 'filler') && articles.has(reading.tokens[(before?.to ?? 0) - 1]?.text ?? '');
  const following = reading.parts[after];
  const from = titled && before ? before.from : span.from;
  const typed = wordsAt(reading, from, span.to);
  const isNamed = family || isTag(following, 'booking') || isTag(following, 'party');
  const household = article && !isNamed && isTheHousehold(reading, before) ? householdOf(words, typed) : undefined;
  if (article && !isNamed && household === undefined) return undefined;
  return { name: household ?? typed, at: titled ? at - 1 : at, after, code, owns };
}

const isTheHousehold = (reading: Reading, article: Part | undefined): boolean =>
  reading.tokens[(article?.to ?? 0) - 1]?.text === 'the';

/** "the Okafors" are the guests called Okafor; "the plumbers" are none. */
function householdOf(words: readonly string[], typed: string): string | undefined {
  const [word = ''] = words;
  if (words.length > 1 || !/[^s]s$/u.test(word) || notNames.has(word.slice(0, -1))) return undefined;
  return typed.slice(0, -1);
}
