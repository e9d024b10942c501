import type { ListingId } from '@innkeeper/shared/domain/ids';
import type { DateSpan } from './dates/date-expression.ts';
import { readDates } from './dates/read-dates.ts';
import { findPartlyNamedHome, type HomeMention } from './homes/find-homes.ts';
import type { HomeIndex } from './homes/home-index.ts';
import type { Lexicon, Tag } from './lexicon/lexicon.ts';
import { findSplitVerbs } from './lexicon/split-verbs.ts';
import { type Limit, type LimitSpan, readLimits, readMoreNights } from './limits/read-limits.ts';
import type { Token } from './tokens.ts';

/** One part of a question: a tagged phrase, a date, a limit, a home, or words nothing explains. */
export type Part =
  | { readonly kind: 'tag'; readonly tag: Tag; readonly from: number; readonly to: number }
  | { readonly kind: 'date'; readonly span: DateSpan; readonly from: number; readonly to: number }
  | { readonly kind: 'limit'; readonly limit: Limit; readonly from: number; readonly to: number }
  | { readonly kind: 'home'; readonly mention: HomeMention; readonly from: number; readonly to: number }
  | { readonly kind: 'unknown'; readonly from: number; readonly to: number };

/** A question read in one language: every word belongs to exactly one part. */
export type Reading = {
  readonly question: string;
  readonly tokens: readonly Token[];
  readonly parts: readonly Part[];
  readonly tags: ReadonlySet<Tag>;
  readonly dates: readonly DateSpan[];
  readonly limits: readonly Limit[];
  readonly homes: readonly HomeMention[];
  /** Those of `homes` called by their full name or a beginning of it. */
  readonly named: readonly HomeMention[];
  readonly unknown: ReadonlyArray<{ readonly from: number; readonly to: number }>;
};

/** Reads every word of a question, in order: homes by full name, dates, phrases of the language, parts of homes' names. Pure. */
export function readQuestion(
  question: string,
  tokens: readonly Token[],
  homeIndex: HomeIndex,
  named: readonly HomeMention[],
  lexicon: Lexicon,
): Reading {
  const taken: boolean[] = tokens.map(() => false);
  const take = (from: number, to: number): void => {
    taken.fill(true, from, to);
  };
  for (const mention of named) take(mention.from, mention.to);
  const isFree = (index: number): boolean => taken[index] === false;
  const surnames = surnamesIn(tokens, isFree);
  for (const at of surnames) take(at, at + 1);
  const moreNights = readMoreNights(tokens, lexicon, isFree);
  for (const span of moreNights) take(span.from, span.to);
  const dates = readDates(tokens, lexicon.dates, isFree);
  for (const span of dates) take(span.from, span.to);
  const limits = [...moreNights, ...readLimits(tokens, lexicon, isFree)];
  for (const span of limits) take(span.from, span.to);
  const starts = new Map<number, Part>([
    ...surnames.map(at => [at, { kind: 'unknown' as const, from: at, to: at + 1 }] as const),
    ...named.map(
      mention => [mention.from, { kind: 'home' as const, mention, from: mention.from, to: mention.to }] as const,
    ),
    ...dates.map(span => [span.from, { kind: 'date' as const, span, from: span.from, to: span.to }] as const),
    ...limits.map((span: LimitSpan) => [span.from, { kind: 'limit' as const, ...span }] as const),
  ]);
  const verbs = findSplitVerbs(tokens, lexicon.splitVerbs, isFree);
  for (const [at, tag] of verbs) starts.set(at, { kind: 'tag', tag, from: at, to: at + 1 });
  const parts: Part[] = [];
  let at = 0;
  while (at < tokens.length) {
    const last = parts.at(-1);
    const part = starts.get(at) ?? phraseAt(tokens, at, lexicon, isFree, last?.kind === 'unknown');
    if (part.kind === 'unknown' && last?.kind === 'unknown') parts[parts.length - 1] = { ...last, to: part.to };
    else parts.push(part);
    at = part.to;
  }
  return summarise(question, tokens, named, explainHomes(tokens, joinNames(question, tokens, parts), homeIndex));
}

/** After these comes a name, even one that is a word: Mr May, Frau Sommer. */
const titles: ReadonlySet<string> = new Set(
  'mr|mrs|ms|dr|herr|herrn|frau|monsieur|madame|mme|senor|senora|senhor|senhora|sr|sra'.split('|'),
);

const surnamesIn = (tokens: readonly Token[], isFree: (index: number) => boolean): readonly number[] =>
  tokens.flatMap((token, at) =>
    at > 0 && isFree(at) && titles.has(tokens[at - 1]?.text ?? '') && /^\p{L}/u.test(token.text) ? [at] : [],
  );

function phraseAt(
  tokens: readonly Token[],
  at: number,
  lexicon: Lexicon,
  isFree: (index: number) => boolean,
  afterUnknown: boolean,
): Part {
  // Anna-Lena is one name.
  const joins = afterUnknown && tokens[at]?.start === tokens[at - 1]?.end;
  if (tokens[at]?.text === '-' && !joins) return { kind: 'tag', tag: 'filler', from: at, to: at + 1 };
  const found = lexicon.tags.find(tokens, at, isFree);
  return found
    ? { kind: 'tag', tag: found.meaning, from: at, to: found.to }
    : { kind: 'unknown', from: at, to: at + 1 };
}

const particles: ReadonlySet<string> = new Set('de|da|do|dos|das|del|la|las|los|van|von|zu|der|den|di'.split('|'));

/** "Maria da Silva", "Jan van der Berg" are one name each, if what follows the particle is written large. */
function joinNames(question: string, tokens: readonly Token[], parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    const last = joined.at(-1);
    if (!part) continue;
    const end = parts.findIndex((next, index) => index > at && !isParticle(tokens, next));
    const surname = parts[end];
    const isName =
      last?.kind === 'unknown' &&
      isParticle(tokens, part) &&
      surname?.kind === 'unknown' &&
      isLarge(question, tokens[last.from]) &&
      isLarge(question, tokens[surname.from]);
    if (isName) {
      joined[joined.length - 1] = { ...last, to: surname.to };
      at = end;
    } else joined.push(part);
  }
  return joined;
}

const isParticle = (tokens: readonly Token[], { kind, from, to }: Part): boolean =>
  kind === 'tag' && tokens.slice(from, to).every(({ text }) => particles.has(text));
const isLarge = (question: string, token: Token | undefined): boolean =>
  /\p{Lu}/u.test(question[token?.start ?? 0] ?? '');

/** Unknown words, with "flat" and the like beside them, may be a part of a home's name. */
function explainHomes(tokens: readonly Token[], parts: readonly Part[], homeIndex: HomeIndex): readonly Part[] {
  const explained: Part[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (!part) continue;
    const following = parts[at + 1];
    const generic = following?.kind === 'tag' && following.tag === 'homes' ? following : undefined;
    const mention =
      part.kind === 'unknown' && (generic || isPlace(tokens, parts, at))
        ? findPartlyNamedHome(tokens, part.from, generic?.to ?? part.to, homeIndex)
        : undefined;
    if (mention) {
      explained.push({ kind: 'home', mention, from: mention.from, to: mention.to });
      if (generic) at += 1;
    } else explained.push(part);
  }
  return explained;
}

const placeMarks: ReadonlySet<string> = new Set(
  'the|at|to|into|from|der|die|das|dem|im|am|le|la|les|el|los|au|no|na'.split('|'),
);

/** Casa Rosa is no reason to take the guest Rosa for a home: "at the Rosa", "is Rosa free", but not "when does Rosa arrive". */
function isPlace(tokens: readonly Token[], parts: readonly Part[], at: number): boolean {
  const asksOfHomes = parts.some(
    part =>
      part.kind === 'tag' &&
      (part.tag === 'free' || part.tag === 'ready' || part.tag === 'occupied' || part.tag.startsWith('fact:')),
  );
  const before = parts[at - 1];
  if (asksOfHomes || before?.kind !== 'tag') return asksOfHomes;
  return before.tag === 'in' || before.tag === 'fragment' || placeMarks.has(tokens[before.to - 1]?.text ?? '');
}

export function summarise(
  question: string,
  tokens: readonly Token[],
  named: readonly HomeMention[],
  parts: readonly Part[],
): Reading {
  return {
    question,
    tokens,
    named,
    parts,
    tags: new Set(parts.flatMap(part => (part.kind === 'tag' ? [part.tag] : []))),
    dates: parts.flatMap(part => (part.kind === 'date' ? [part.span] : [])),
    limits: parts.flatMap(part => (part.kind === 'limit' ? [part.limit] : [])),
    homes: parts.flatMap(part => (part.kind === 'home' ? [part.mention] : [])),
    unknown: parts.flatMap(part => (part.kind === 'unknown' ? [{ from: part.from, to: part.to }] : [])),
  };
}

/** What is said before a token. */
export const beforeToken = ({ question, tokens, named, parts }: Reading, at: number): Reading =>
  summarise(
    question,
    tokens,
    named,
    parts.filter(part => part.from < at),
  );

/** The words of a span as typed. */
export function wordsAt(reading: Pick<Reading, 'question' | 'tokens'>, from: number, to: number): string {
  const start = reading.tokens[from]?.start ?? 0;
  const end = reading.tokens[to - 1]?.end ?? start;
  return reading.question.slice(start, end).replace(/\s+/gu, ' ');
}

/** Every home named, each once. */
export const homesOf = (reading: Reading): ListingId[] => [
  ...new Set(reading.homes.flatMap(mention => mention.listingIds)),
];

const allWords: ReadonlySet<string> = new Set(['both', 'all', 'beide', 'beiden', 'tous', 'toutes', 'ambos', 'ambas']);

/** The first name that fits several homes and does not mean them all ("both Harbour Views"). */
export const doubtfulHome = ({ homes, tokens }: Reading): HomeMention | undefined =>
  homes.find(({ meaning, from }) => meaning === 'one_of' && !allWords.has(tokens[from - 1]?.text ?? ''));
