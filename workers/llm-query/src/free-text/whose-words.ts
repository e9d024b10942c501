import type { Passage } from './passage.ts';
import { asksForWords, fold, isCommonWord, wordsOf } from './words.ts';

/**
 * Of whom a question wants words: what somebody said is answered by nobody else's words, and what concerns a guest not
 * by what another guest wrote. Pure.
 */
export interface WhoseWords {
  readonly mayQuote: (passage: Passage) => boolean;
  /** Parts of people's names as they stand in the question: they say whose words, not what they are about. */
  readonly named: readonly string[];
  /** Somebody's words are asked for, whatever they are about. */
  readonly isSomebodys: boolean;
}

export interface Surroundings {
  /** Names of those whose bookings were found. */
  readonly guests: readonly string[];
  /** Not to be taken for people. */
  readonly homeNames: readonly string[];
  /** The question narrows to certain guests: what they said is told by them. */
  readonly isOfGuests: boolean;
}

export function whoseWords(
  question: string,
  passages: readonly Passage[],
  { guests, homeNames, isOfGuests }: Surroundings,
): WhoseWords {
  const asked = withoutHomes(question, homeNames);
  const guestsKnown = [...guests, ...passages.flatMap(({ of }) => of)];
  const named = namedIn(asked, [...guestsKnown, ...passages.flatMap(({ by }) => by)]);
  const parts = [...named].flatMap(wordsOf).filter(part => wordsOf(asked).includes(part));
  if (asksForWords(question)) {
    const slot = speakerSlot(asked);
    if (named.size > 0 && !isSpokenTo(asked, named)) {
      return { named: parts, isSomebodys: true, mayQuote: ({ by }) => by.some(name => named.has(fold(name))) };
    }
    if (named.size === 0 && slot !== undefined) {
      const holds = ({ about, text }: Passage, word: string): boolean => wordsOf(`${about} ${text}`).includes(word);
      return { named: slot, isSomebodys: true, mayQuote: passage => slot.every(word => holds(passage, word)) };
    }
    if (named.size === 0 && isOfGuests && !isFromUs(asked)) {
      return { named: [], isSomebodys: false, mayQuote: ({ of, by }) => of.some(guest => by.includes(guest)) };
    }
  }
  const meant = guestsKnown.filter(name => named.has(fold(name)));
  return {
    named: parts,
    isSomebodys: false,
    mayQuote: ({ of, text }) =>
      meant.length === 0 || of.length === 0 || of.some(name => named.has(fold(name))) || namedIn(text, meant).size > 0,
  };
}

/** Folded names of those of `people` whom a text names: in full, or, where nobody is, by a part of the name. */
function namedIn(text: string, people: readonly string[]): ReadonlySet<string> {
  const words = wordsOf(text);
  const line = ` ${words.join(' ')} `;
  const all = [...new Set(people.map(fold))].filter(name => wordsOf(name).length > 0);
  const inFull = all.filter(name => line.includes(` ${wordsOf(name).join(' ')} `));
  if (inFull.length > 0) return new Set(inFull);
  return new Set(all.filter(name => wordsOf(name).some(part => part.length >= 3 && standsAsName(part, text, words))));
}

/** "may", "will" and the like are names only where they are written as names. */
function standsAsName(part: string, text: string, words: readonly string[]): boolean {
  if (!words.includes(part) || isCommonWord(part)) return false;
  if (!WORDS_AND_NAMES.has(part)) return true;
  const capitals = text.matchAll(/(?<=(?<before>[\p{L}\p{N}]+)[^\p{L}\p{N}]+)\p{Lu}\p{L}+/gu);
  return [...capitals].some(
    ([word, before = '']) =>
      fold(word) === part && !/^(?:in|on|of|by|since|until|from|to|next|last|this|\d+)$/iu.test(before),
  );
}

const WORDS_AND_NAMES: ReadonlySet<string> = new Set(
  'may will mark rose grace art bill rich june april august summer frank jack guy van von der den del dos the'.split(
    ' ',
  ),
);

/** "did we tell Mia", "who spoke to Mia": her words are not asked for. */
function isSpokenTo(question: string, named: ReadonlySet<string>): boolean {
  const words = wordsOf(question);
  const parts = new Set([...named].flatMap(wordsOf));
  const at = words.findIndex(word => parts.has(word));
  const before = words[at - 1] ?? '';
  return ADDRESSING.has(TO.has(before) ? (words[at - 2] ?? '') : before);
}

/** "whom we told about the key" */
function isFromUs(question: string): boolean {
  const words = wordsOf(question);
  return words.some((word, at) => word === 'we' && ADDRESSING.has(words[at + 1] ?? ''));
}

const TO: ReadonlySet<string> = new Set(['to', 'with', 'for']);
const ADDRESSING: ReadonlySet<string> = new Set(
  (
    'tell told telling ask asked asking write wrote written writing call called calling message messaged text texted ' +
    'speak spoke spoken talk talked promise promised answer answered'
  ).split(' '),
);

/** The folded words where the speaker stands in an English question, when nobody known stands there. */
function speakerSlot(question: string): readonly string[] | undefined {
  const [, who = ''] = SPEAKER.exec(question) ?? [];
  const words = wordsOf(who);
  return words.length === 0 || words.some(word => isCommonWord(word) || NOT_SPEAKERS.has(word)) ? undefined : words;
}

const SPEAKER =
  /\b(?:did|does|has|have|had)\s+((?:\p{L}[\p{L}'’-]*\s+){1,3}?)(?:(?:ever|also|already|just|actually|really)\s+)?(?:say|said|write|written|mention|mentioned|tell|told|want|wanted|ask|asked|complain|complained|request|requested|report|reported|promise|promised|need|note|noted)\b/iu;
const NOT_SPEAKERS: ReadonlySet<string> = new Set('i we he one us'.split(' '));

/** A home's name is nobody's: "Rose Cottage", "Casa Maria". */
function withoutHomes(question: string, homeNames: readonly string[]): string {
  const words = [...question.matchAll(/[\p{L}\p{N}'’-]+/gu)].map(([word]) => word);
  const folded = words.map(word => wordsOf(word).join(' '));
  const taken = new Set<number>();
  for (const name of homeNames.map(home => home.split(/\s+/u).map(word => wordsOf(word).join(' ')))) {
    for (let at = 0; at + name.length <= folded.length; at += 1) {
      if (name.every((word, place) => folded[at + place] === word)) name.forEach((_, place) => taken.add(at + place));
    }
  }
  return words.filter((_, at) => !taken.has(at)).join(' ');
}
