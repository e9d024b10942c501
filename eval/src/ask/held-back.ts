import { hashOf } from './hash-of.ts';

/**
 * A third of the sentences of each class and language is held back from tuning: chosen by a hash of the sentence under
 * a fixed seed, so that the choice is the same in every run and world. Pure.
 */
const SPLIT_SEED = 'held back 2026';

/** Which of these sentences are held back: one of two or three, two of four to six. */
export function heldBackOf(phrasings: readonly string[]): ReadonlySet<string> {
  const ranked = phrasings.toSorted(
    (left, right) => hashOf(`${SPLIT_SEED} ${left}`) - hashOf(`${SPLIT_SEED} ${right}`),
  );
  return new Set(ranked.slice(0, Math.round(phrasings.length / 3)));
}
