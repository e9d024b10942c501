import type { ListingId } from '@innkeeper/shared/domain/ids';
import type { HomeName } from '@innkeeper/shared/domain/plan';
import { tokenise } from '../tokens.ts';
import { type SimilarWords, similarWordsIn } from './similar-words.ts';

/** Names of homes prepared for comparing: words folded and found by their first word. Pure. */
export type HomeEntry = {
  readonly listingId: ListingId;
  /** What the team calls it. */
  readonly name: string;
  /** Words of the name that not every home could be called by. */
  readonly special: readonly string[];
  /** Every word of nickname and title. */
  readonly words: readonly string[];
};

/** A way to call a home in full. The lower the rank, the more surely it is meant. */
export type HomeCall = { readonly listingId: ListingId; readonly words: readonly string[]; readonly rank: number };

export type HomeIndex = {
  readonly entries: ReadonlyMap<ListingId, HomeEntry>;
  readonly callsByStart: ReadonlyMap<string, readonly HomeCall[]>;
  readonly similarStarts: SimilarWords;
  readonly entriesBySpecial: ReadonlyMap<string, readonly HomeEntry[]>;
  readonly similarSpecials: SimilarWords;
  readonly citiesByStart: ReadonlyMap<string, ReadonlyArray<{ words: readonly string[]; listingIds: ListingId[] }>>;
};

/** Kinds of building, in the languages of homes' names: never enough to tell which home is meant. */
export const buildingWords: ReadonlySet<string> = new Set(
  'studio|flat|apartment|apt|loft|house|home|villa|cottage|cabin|penthouse|suite|room|view|terrace|rooftop|place|palace|palacio|residence|casa|quinta|chalet|bungalow|lodge|hideaway|retreat|townhouse|brownstone|duplex|condo|manor|farmhouse|barn|tower|garden|court|haus|wohnung|maison|appartement|apartamento|piso|moradia|unit|unidade|property|nest|hut|castle|mansion|inn'.split(
    '|',
  ),
);
/** Words anyone uses for any home: "the blue apartment" is the Blue Flat. */
export const genericHomeWords: ReadonlySet<string> = new Set(
  'flat|apartment|apt|home|place|unit|property|house|appartement|wohnung|apartamento|piso|appartment|one'.split('|'),
);
const smallWords: ReadonlySet<string> = new Set(
  'the|in|at|of|on|near|by|with|and|a|de|da|do|das|dos|la|le|les|el|am|im|und|et|y|e'.split('|'),
);

const wordsOf = (text: string): readonly string[] =>
  tokenise(text)
    .map(token => token.text)
    .filter(word => word !== '-' && word !== 's');

/** Indexing some hundred homes takes milliseconds, and question after question comes with the same names. */
const recent = new Map<string, HomeIndex>();
const recentMax = 4;

/** The index of a list of homes; the same names give the same index. */
export function homeIndexOf(homes: readonly HomeName[]): HomeIndex {
  const names = homes
    .map(({ listingId, nickname, title, address, city }) => [listingId, nickname, title, address, city].join('\u0001'))
    .join('\u0002');
  const known = recent.get(names);
  if (known) return known;
  const index = indexHomes(homes);
  const [oldest] = recent.keys();
  if (recent.size >= recentMax && oldest !== undefined) recent.delete(oldest);
  recent.set(names, index);
  return index;
}

function indexHomes(homes: readonly HomeName[]): HomeIndex {
  const entries = new Map(homes.map(home => [home.listingId, entryOf(home)]));
  const callsByStart = new Map<string, HomeCall[]>();
  for (const call of homes.flatMap(callsOf)) {
    const [first = '', second = ''] = call.words;
    push(callsByStart, first, call);
    if (second !== '') push(callsByStart, first + second, call); // "gardenstudio"
  }
  const entriesBySpecial = new Map<string, HomeEntry[]>();
  for (const entry of entries.values()) for (const word of entry.special) push(entriesBySpecial, word, entry);
  return {
    entries,
    callsByStart,
    similarStarts: similarWordsIn(callsByStart.keys()),
    entriesBySpecial,
    similarSpecials: similarWordsIn(entriesBySpecial.keys()),
    citiesByStart: citiesOf(homes),
  };
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** A home called "3" is "room 3" or "apartment 3" in a sentence: a number alone is a date or a count. */
const isNumber = (words: readonly string[]): boolean => words.length === 1 && /^\d{1,2}$/u.test(words[0] ?? '');
const numberedCalls: ReadonlyArray<readonly string[]> = 'room|apartment|apt|flat|unit|house|home|number|no'
  .split('|')
  .map(word => [word]);

function callsOf({ listingId, nickname, title, address }: HomeName): readonly HomeCall[] {
  const called = wordsOf(nickname ?? title ?? '');
  const described = wordsOf(title ?? '');
  const street = wordsOf((address ?? '').split(',')[0] ?? '');
  const calls = [
    ...(isNumber(called) ? numberedCalls : [[]]).map(kind => ({ listingId, words: [...kind, ...called], rank: 0 })),
    { listingId, words: described, rank: 0.5 },
    // A street of one word ("Garden") would be found in every other sentence.
    { listingId, words: street.length > 1 ? street : [], rank: 0.5 },
  ];
  const short = calls.map(({ words }) => ({ listingId, words: shortened(words), rank: 2 }));
  return [...calls, ...short].filter(({ words }) => words.length > 0);
}

/** Without a number or the last addition, if more than one word is left: "Harbour View 2" → "Harbour View". */
function shortened(name: readonly string[]): readonly string[] {
  const [first = '', ...rest] = name;
  const short = /^\d/u.test(first) ? rest : name.length > 2 || /\d/u.test(name.at(-1) ?? '') ? name.slice(0, -1) : [];
  return short.length > 1 ? short : [];
}

function entryOf({ listingId, nickname, title }: HomeName): HomeEntry {
  const called = wordsOf(nickname ?? title ?? '');
  const special = called.filter(
    word => !genericHomeWords.has(word) && !smallWords.has(word) && !/^\d+$/u.test(word) && word.length > 2,
  );
  const words = [...new Set([...called, ...wordsOf(title ?? '')])];
  return { listingId, name: nickname ?? title ?? '', special: [...new Set(special)], words };
}

function citiesOf(homes: readonly HomeName[]): HomeIndex['citiesByStart'] {
  const cities = new Map<string, { words: readonly string[]; listingIds: ListingId[] }>();
  for (const { city = '', listingId } of homes) {
    const words = wordsOf(city);
    const known = cities.get(words.join(' '));
    if (known) known.listingIds.push(listingId);
    else if (words.length > 0) cities.set(words.join(' '), { words, listingIds: [listingId] });
  }
  const byStart = new Map<string, Array<{ words: readonly string[]; listingIds: ListingId[] }>>();
  for (const city of cities.values()) push(byStart, city.words[0] ?? '', city);
  return byStart;
}
