import type { Passage } from './passage.ts';
import type { ModelClaim } from './prompt.ts';
import { contentStems, fold, normaliseSpace, wordsOf } from './words.ts';

/**
 * Lets through only claims whose quote stands word for word in the source they name, and which add no number, name,
 * home or link of their own. What is posted later is the quote with code's own words around it, never the claim.
 * Pure.
 */
export type ClaimVerdict =
  | { readonly kind: 'verified'; readonly quote: string; readonly passage: Passage }
  | { readonly kind: 'dropped'; readonly reason: ClaimProblem };

export type ClaimProblem =
  | 'unknown_source'
  | 'quote_too_short'
  | 'quote_not_in_source'
  | 'number_not_in_source'
  | 'name_not_in_source'
  | 'other_home'
  | 'link_or_contact'
  | 'negation_differs'
  | 'off_topic'
  | 'other_speaker';

export interface Evidence {
  /** Numbered from 1, as in the prompt. */
  readonly passages: readonly Passage[];
  /** Names of every home of the company. */
  readonly homeNames: readonly string[];
  readonly question: string;
  /** Whether its words are of whom the question is about. */
  readonly mayQuote: (passage: Passage) => boolean;
}

/** A quote of one word says nothing; "at 9 pm" does. */
const QUOTE_CHARACTERS_MIN = 6;

export function verifyClaim(claim: ModelClaim, evidence: Evidence): ClaimVerdict {
  const passage = evidence.passages[claim.sourceId - 1];
  if (passage === undefined) return dropped('unknown_source');
  const quote = normaliseSpace(claim.quote).replace(/^["“”„«»']+|["“”„«»']+$/gu, '');
  if (quote.length < QUOTE_CHARACTERS_MIN) return dropped('quote_too_short');
  if (!standsIn(quote, normaliseSpace(passage.text))) return dropped('quote_not_in_source');
  if (!evidence.mayQuote(passage)) return dropped('other_speaker');

  const source = `${passage.text} ${passage.about}`;
  if (FORBIDDEN.test(claim.claim)) return dropped('link_or_contact');
  if (!numbersOf(claim.claim).isSubsetOf(numbersOf(source))) return dropped('number_not_in_source');
  if (namesAnotherHome(claim.claim, passage, evidence.homeNames)) return dropped('other_home');
  const known = new Set([...wordsOf(source), ...wordsOf(evidence.question)]);
  if (!namesOf(claim.claim).every(name => known.has(name))) return dropped('name_not_in_source');
  if (isNegated(claim.claim) !== isNegated(quote)) return dropped('negation_differs');
  if (!isOnTopic(claim.claim, passage, evidence.question)) return dropped('off_topic');
  return { kind: 'verified', quote, passage };
}

/** A true quote about something else is no answer either. */
function isOnTopic(claim: string, passage: Passage, question: string): boolean {
  const asked = contentStems(question);
  return asked.size === 0 || !asked.isDisjointFrom(contentStems(`${claim} ${passage.text}`));
}

const dropped = (reason: ClaimProblem): ClaimVerdict => ({ kind: 'dropped', reason });

/** Whole words only: "not free" must not be quoted as "free" torn out of "carefree". */
function standsIn(quote: string, text: string): boolean {
  for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + quote.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}

const FORBIDDEN =
  /\w+:\/\/|www\.|\]\(|!\[|@[\p{L}\p{N}]|[\p{L}\p{N}._-]+@[\p{L}\p{N}-]+\.|\+?\d[\d\s().-]{7,}\d|\b[a-z0-9-]+\.(?:com|net|org|io|co|app|dev|info)\b/iu;

/** Every word with a digit in it, times written in any of the usual ways, and numbers written as words. */
function numbersOf(text: string): Set<string> {
  const times = fold(text).replace(
    /\b(\d{1,2})[:.h](\d{2})\b/gu,
    (_whole, hour: string, minute: string) => ` ${Number(hour)} ${minute} `,
  );
  // A whole word each: the 3 of a booking's code "HMX3" is no evidence for "three guests".
  const digits = wordsOf(times).filter(word => /\d/u.test(word));
  const words = wordsOf(text).flatMap(word => NUMBER_WORDS.get(word) ?? []);
  return new Set([...digits.map(word => word.replace(/^0+(?=\d)/u, '')), ...words]);
}

const NUMBER_WORDS = new Map(
  (
    'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen ' +
    'nineteen twenty'
  )
    .split(' ')
    .map((word, index): [string, string] => [word, String(index + 2)])
    .concat([
      ['noon', 'noon'],
      ['midnight', 'midnight'],
      ['dozen', '12'],
      ['hundred', '100'],
      ['monday', 'monday'],
      ['tuesday', 'tuesday'],
      ['wednesday', 'wednesday'],
      ['thursday', 'thursday'],
      ['friday', 'friday'],
      ['saturday', 'saturday'],
      ['sunday', 'sunday'],
      ['today', 'today'],
      ['tomorrow', 'tomorrow'],
      ['yesterday', 'yesterday'],
    ]),
);

function namesAnotherHome(claim: string, passage: Passage, homeNames: readonly string[]): boolean {
  const said = ` ${wordsOf(claim).join(' ')} `;
  const source = ` ${wordsOf(`${passage.text} ${passage.about}`).join(' ')} `;
  return homeNames.some(name => {
    const words = wordsOf(name).join(' ');
    return words !== '' && said.includes(` ${words} `) && !source.includes(` ${words} `);
  });
}

/** Capitalised words, the first of a sentence only when it is no everyday word. */
function namesOf(claim: string): string[] {
  return claim
    .split(/(?<=[.!?:;])\s+/u)
    .flatMap(sentence =>
      [...sentence.matchAll(/[\p{L}\p{N}'’-]+/gu)].flatMap((match, index) => {
        const word = match[0];
        if (!/^\p{Lu}/u.test(word)) return [];
        const folded = wordsOf(word);
        return index === 0 && folded.every(part => SENTENCE_STARTERS.has(part)) ? [] : folded;
      }),
    )
    .filter(word => word.length > 1);
}

const SENTENCE_STARTERS = new Set(
  (
    'the a an they he she it we you there this that these those yes no in on at by for from to with after before ' +
    'guest guests heating note notes message messages according check arrival departure home parking wifi since when ' +
    'their his her its our please not one two both all some any host team caller call booking until during'
  ).split(' '),
);

const NEGATIONS =
  /(?:^|[^\p{L}])(?:not|no|never|none|nobody|nothing|without|cannot|\p{L}+n['’]t|nicht|kein\p{L}*|pas|nunca|nao|sin|sem)(?![\p{L}])/iu;
const isNegated = (text: string): boolean => NEGATIONS.test(fold(text));
