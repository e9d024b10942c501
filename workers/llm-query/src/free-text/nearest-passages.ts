import type { Passage } from './passage.ts';
import { contentStems } from './words.ts';

/**
 * A long conversation would fill the prompt by itself: of a record with many passages only those that share most with
 * the question are kept, in their order. Pure.
 */
const PASSAGES_PER_RECORD_MAX = 8;

export function nearestPassages(question: string, passages: readonly Passage[]): Passage[] {
  const asked = contentStems(question);
  const kept = Object.values(Object.groupBy(passages, passage => passage.key)).flatMap((together = []) =>
    together.length <= PASSAGES_PER_RECORD_MAX
      ? together
      : together
          .map(passage => ({ passage, shared: asked.intersection(contentStems(passage.text)).size }))
          .sort((left, right) => right.shared - left.shared)
          .slice(0, PASSAGES_PER_RECORD_MAX)
          .map(({ passage }) => passage),
  );
  const keeps = new Set(kept);
  return passages.filter(passage => keeps.has(passage));
}
