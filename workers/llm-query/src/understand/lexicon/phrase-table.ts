import type { Token } from '../tokens.ts';
import { isTypingErrorOf } from '../typing-errors.ts';
import { firstWordsOf, longestEnd, readPattern, type Sequence } from './phrase-pattern.ts';

/** Phrases with a meaning, found longest first. Hyphens inside a phrase do not count ("check-in", "check in"). Pure. */
export type PhraseTable<Meaning> = {
  /** The longest phrase that starts at token `at`; `to` is the token after it. */
  readonly find: (
    tokens: readonly Token[],
    at: number,
    isFree: (index: number) => boolean,
  ) => Found<Meaning> | undefined;
};
export type Found<Meaning> = { readonly meaning: Meaning; readonly to: number };

/** Phrases of one meaning, written as a pattern (phrase-pattern.ts), folded as `foldText` does. */
export type PhraseRow<Meaning> = readonly [meaning: Meaning, phrases: string];

type Phrases<Meaning> = { readonly sequence: Sequence; readonly meaning: Meaning };

export function phraseTable<Meaning>(
  rows: ReadonlyArray<PhraseRow<Meaning>>,
  /** Single words long and rare enough that a near miss is a typing error and not another word. */
  forgiving: ReadonlySet<string> = new Set(),
): PhraseTable<Meaning> {
  const byFirstWord = new Map<string, Phrases<Meaning>[]>();
  for (const [meaning, pattern] of rows) {
    for (const sequence of readPattern(pattern)) {
      for (const first of new Set(firstWordsOf(sequence))) {
        const same = byFirstWord.get(first);
        if (same) same.push({ sequence, meaning });
        else byFirstWord.set(first, [{ sequence, meaning }]);
      }
    }
  }
  const find: PhraseTable<Meaning>['find'] = (tokens, at, isFree) => {
    const typed = tokens[at]?.text ?? '';
    const first = byFirstWord.has(typed) ? typed : meant(typed);
    const step = (index: number, word: string): number | undefined => {
      if (index === at) return word === first ? at + 1 : undefined;
      const next = tokens[index]?.text === '-' && isFree(index) ? index + 1 : index;
      const said = tokens[next]?.text ?? '';
      return (said === word || (said.length > word.length && withUmlauts(said) === word)) && isFree(next)
        ? next + 1
        : undefined;
    };
    let longest: Found<Meaning> | undefined;
    for (const { sequence, meaning } of byFirstWord.get(first) ?? []) {
      const to = longestEnd(sequence, at, step);
      if (to !== undefined && to > (longest?.to ?? at)) longest = { meaning, to };
    }
    return longest;
  };
  /** The word a typing error was meant to be. */
  const meant = (typed: string): string => {
    const spelled = withUmlauts(typed);
    if (byFirstWord.has(spelled)) return spelled;
    if (typed.length < 6) return typed;
    for (const word of forgiving) if (word[0] === typed[0] && isSlipOf(typed, word)) return word;
    return typed;
  };
  return { find };
}

/** "Gaeste" is read as "Gäste" is, which is folded to "gaste"; short words lie close to names (Sue). */
const withUmlauts = (typed: string): string =>
  typed.length > 4 && typed.includes('e') ? typed.replace(/(?<=[aou])e/gu, '') : typed;

/** Short words lie close to names (Sundar, Sunday): there only swapped letters count as a slip. */
function isSlipOf(typed: string, word: string): boolean {
  if (word.length > 6) return isTypingErrorOf(typed, word, word.length >= 8 ? 2 : 1);
  return typed.length === word.length && isTypingErrorOf(typed, word, 1) && isSwapOf(typed, word);
}

function isSwapOf(typed: string, word: string): boolean {
  const at = word.split('').findIndex((letter, index) => typed[index] !== letter);
  return typed[at] === word[at + 1] && typed[at + 1] === word[at];
}
