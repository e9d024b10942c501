import { isTypingErrorOf } from '../typing-errors.ts';

/** Words of homes' names that a typed word may stand for. Pure; made once per list of homes. */
export type SimilarWords = (typed: string) => readonly string[];

/** Errors forgiven in one word of a name, by its length: none in short words and numbers. */
const errorsFor = (word: string): number => (/\d/u.test(word) || word.length < 4 ? 0 : word.length < 7 ? 1 : 2);

export const isWordOf = (typed: string, meant: string): boolean => isTypingErrorOf(typed, meant, errorsFor(meant));

export function similarWordsIn(words: Iterable<string>): SimilarWords {
  const known = new Set(words);
  const letters = [...known].map(word => ({ word, mask: lettersOf(word), errors: errorsFor(word) }));
  return typed => {
    const exact = known.has(typed) ? [typed] : [];
    const mask = lettersOf(typed);
    const near = letters.filter(
      // An error changes at most two of the letters that occur, which rules most words out without comparing them.
      ({ word, mask: other, errors }) =>
        errors > 0 &&
        word !== typed &&
        Math.abs(word.length - typed.length) <= errors &&
        bitsIn(mask ^ other) <= 2 * errors &&
        isTypingErrorOf(typed, word, errors),
    );
    return [...exact, ...near.map(({ word }) => word)];
  };
}

/** Which of the letters a to z occur; everything else shares one bit. */
function lettersOf(word: string): number {
  let mask = 0;
  for (let at = 0; at < word.length; at += 1) {
    const letter = word.charCodeAt(at) - 97;
    mask |= 1 << (letter >= 0 && letter < 26 ? letter : 26);
  }
  return mask;
}

function bitsIn(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
