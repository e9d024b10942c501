import type { Token } from '../tokens.ts';
import { isTypingErrorOf } from '../typing-errors.ts';

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

/** Phrases of one meaning, separated by `|`, folded as `foldText` does. */
export type PhraseRow<Meaning> = readonly [meaning: Meaning, phrases: string];

type Phrase<Meaning> = { readonly words: readonly string[]; readonly meaning: Meaning };

export function phraseTable<Meaning>(
  rows: ReadonlyArray<PhraseRow<Meaning>>,
  /** Single words long and rare enough that a near miss is a typing error and not another word. */
  forgiving: ReadonlySet<string> = new Set(),
): PhraseTable<Meaning> {
  const byFirstWord = new Map<string, Phrase<Meaning>[]>();
  for (const [meaning, phrases] of rows) {
    for (const phrase of phrases.split('|')) {
      const words = phrase.split(' ');
      const [first = ''] = words;
      const same = byFirstWord.get(first) ?? [];
      same.push({ words, meaning });
      byFirstWord.set(first, same);
    }
  }
  for (const phrases of byFirstWord.values()) phrases.sort((one, other) => other.words.length - one.words.length);
  const find: PhraseTable<Meaning>['find'] = (tokens, at, isFree) => {
    const typed = tokens[at]?.text ?? '';
    const candidates = byFirstWord.get(typed) ?? (forgiving.size > 0 ? misspelled(typed) : undefined);
    for (const { words, meaning } of candidates ?? []) {
      const to = endOf(words, tokens, at, isFree);
      if (to !== undefined) return { meaning, to };
    }
    return undefined;
  };
  const misspelled = (typed: string): Phrase<Meaning>[] | undefined => {
    if (typed.length < 6) return undefined;
    for (const word of forgiving) {
      if (word[0] === typed[0] && isSlipOf(typed, word)) return byFirstWord.get(word);
    }
    return undefined;
  };
  return { find };
}

function endOf(
  words: readonly string[],
  tokens: readonly Token[],
  at: number,
  isFree: (index: number) => boolean,
): number | undefined {
  let index = at + 1;
  for (const word of words.slice(1)) {
    if (tokens[index]?.text === '-' && isFree(index)) index += 1;
    if (tokens[index]?.text !== word || !isFree(index)) return undefined;
    index += 1;
  }
  return index;
}

/** Short words lie close to names (Sundar, Sunday): there only swapped letters count as a slip. */
function isSlipOf(typed: string, word: string): boolean {
  if (word.length > 6) return isTypingErrorOf(typed, word, word.length >= 8 ? 2 : 1);
  return typed.length === word.length && isTypingErrorOf(typed, word, 1) && isSwapOf(typed, word);
}

function isSwapOf(typed: string, word: string): boolean {
  const at = word.split('').findIndex((letter, index) => typed[index] !== letter);
  return typed[at] === word[at + 1] && typed[at + 1] === word[at];
}
