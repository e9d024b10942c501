import type { ListingId } from '@innkeeper/shared/domain/ids';
import type { Token } from '../tokens.ts';
import { buildingWords, genericHomeWords, type HomeEntry, type HomeIndex } from './home-index.ts';
import { isWordOf } from './similar-words.ts';

/** A home (or several that fit) named by tokens `from` up to, not including, `to`. */
export type HomeMention = {
  readonly from: number;
  readonly to: number;
  readonly listingIds: readonly ListingId[];
  /** `one_of`: the name fits several homes. `all_of`: a city, all its homes are meant. */
  readonly meaning: 'one' | 'one_of' | 'all_of';
};

/** Where tokens from `at` on spell `name`, and whether without an error. Two words written together count too. */
function spelled(
  tokens: readonly Token[],
  at: number,
  name: readonly string[],
): { to: number; exact: boolean } | undefined {
  let index = at;
  let exact = true;
  for (let position = 0; position < name.length; position += 1) {
    const word = name[position] ?? '';
    if (tokens[index]?.text === '-' && position > 0) index += 1;
    const typed = tokens[index]?.text;
    if (typed === undefined) return undefined;
    if (typed !== word) {
      const next = name[position + 1];
      if (next !== undefined && typed === word + next) position += 1;
      else if (isWordOf(typed, word)) exact = false;
      else return undefined;
    }
    index += 1;
  }
  return { to: index, exact };
}

type Candidate = { readonly listingId: ListingId; readonly to: number; readonly rank: number };

function candidatesAt(tokens: readonly Token[], at: number, index: HomeIndex): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const start of index.similarStarts(tokens[at]?.text ?? '')) {
    for (const { listingId, words, rank } of index.callsByStart.get(start) ?? []) {
      const match = spelled(tokens, at, words);
      // A name of one word lies too close to other words and to people's names to forgive an error in it.
      if (match && (match.exact || words.length > 1)) {
        found.push({ listingId, to: match.to, rank: match.exact ? rank : rank + 1 });
      }
    }
  }
  return found;
}

/** Homes called by their full name, or by a full beginning of it. Case, accents and small typing errors do not matter. */
export function findNamedHomes(tokens: readonly Token[], index: HomeIndex): readonly HomeMention[] {
  const mentions: HomeMention[] = [];
  let at = 0;
  while (at < tokens.length) {
    const mention = bestMention(candidatesAt(tokens, at, index), at) ?? cityAt(tokens, at, index);
    if (mention) mentions.push(mention);
    at = mention?.to ?? at + 1;
  }
  return mentions;
}

function bestMention(candidates: readonly Candidate[], from: number): HomeMention | undefined {
  if (candidates.length === 0) return undefined;
  const longest = Math.max(...candidates.map(candidate => candidate.to));
  const fitting = candidates.filter(candidate => candidate.to === longest);
  const best = Math.min(...fitting.map(candidate => candidate.rank));
  const listingIds = [
    ...new Set(fitting.filter(candidate => candidate.rank === best).map(candidate => candidate.listingId)),
  ];
  return { from, to: longest, listingIds, meaning: listingIds.length === 1 ? 'one' : 'one_of' };
}

function cityAt(tokens: readonly Token[], at: number, index: HomeIndex): HomeMention | undefined {
  for (const { words, listingIds } of index.citiesByStart.get(tokens[at]?.text ?? '') ?? []) {
    const match = spelled(tokens, at, words);
    if (match?.exact === true) return { from: at, to: match.to, listingIds, meaning: 'all_of' };
  }
  return undefined;
}

const isPartOf = (typed: string, known: string): boolean =>
  // "studios" are several, not the one home with a studio in its name.
  buildingWords.has(known) ? typed === known : isWordOf(typed, known);

/**
 * Homes called by a part of their name ("the Alfama", "the blue apartment"), among words nothing else explains. Only
 * for questions a rule answers: in free text "the garden" is a garden.
 */
export function findPartlyNamedHome(
  tokens: readonly Token[],
  from: number,
  to: number,
  index: HomeIndex,
): HomeMention | undefined {
  const typed = tokens
    .slice(from, to)
    .map(token => token.text)
    .filter(word => word !== '-');
  const fits = (entry: HomeEntry): boolean =>
    typed.some(word => entry.special.some(special => isPartOf(word, special))) &&
    typed.every(word => genericHomeWords.has(word) || entry.words.some(known => isPartOf(word, known)));
  const near = new Set(typed.flatMap(index.similarSpecials).flatMap(word => index.entriesBySpecial.get(word) ?? []));
  const listingIds = [...near].filter(fits).map(entry => entry.listingId);
  if (listingIds.length === 0) return undefined;
  return { from, to, listingIds, meaning: listingIds.length === 1 ? 'one' : 'one_of' };
}
