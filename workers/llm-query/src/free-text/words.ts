/**
 * Words as they are compared between a question, a claim and a source: without case and accents. Pure.
 */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/gu, 'ss');

export const normaliseSpace = (text: string): string => text.replace(/\s+/gu, ' ').trim();

export const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words that carry what a question is about, cut to a stem that survives plural and tense. */
export function contentStems(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .filter(word => word.length >= 3 && !FUNCTION_WORDS.has(word))
      .map(stemOf),
  );
}

/** Five letters tell "heating" from "heart" and still join "heated" with "heating". */
const STEM_LENGTH = 5;
const stemOf = (word: string): string =>
  (word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/u, '') : word).slice(0, STEM_LENGTH);

/** Words that every question has, in the languages the team writes in. */
const FUNCTION_WORDS = new Set(
  (
    'the and for are was were what when where which who whom why how has have had does did can could will would should ' +
    'with without about from into that this these those there their they them you your our his her its not any some ' +
    'say said says tell told ask asked know anyone anybody someone something anything please been being also just ' +
    'guest guests home homes house apartment booking today tomorrow yesterday ' +
    'team note notes message messages call calls called text texts chat mention mentions mentioned ' +
    'der die das und ist sind war hat haben ein eine einen dem den des mit von bei auf aus zum zur nicht wer was wann ' +
    'wie wo warum gast gibt uber wurde wurden sagte gesagt les des une est sont qui que quoi quand comment avec dans pour sur pas ' +
    'los las una que quien cuando como donde con por para del hay com dos das uma quem quando onde'
  ).split(' '),
);
