import type { Passage } from './passage.ts';
import { contentStems } from './words.ts';

/**
 * Code's own way to answer a free question: quotes the sentences that share the question's words, or admits that none
 * does. No model, no guessing. Pure.
 */
export interface Extract {
  readonly passage: Passage;
  readonly quote: string;
}

/** At least half of what the question is about must stand in the passage, else it is about something else. */
const SHARED_MIN = 0.5;
const EXTRACTS_MAX = 3;
const QUOTE_CHARACTERS_MAX = 320;

export function extractFor(question: string, passages: readonly Passage[], ignored: readonly string[]): Extract[] {
  // A name says whose passage it is, not what it is about: with it alone every passage of a guest or home would fit.
  const all = contentStems(question);
  const topical = all.difference(contentStems(ignored.join(' ')));
  const asked = topical.size === 0 ? all : topical;
  if (asked.size === 0) return [];
  return passages
    .map((passage, rank) => {
      const shared = asked.intersection(contentStems(`${passage.text} ${passage.about}`)).size / asked.size;
      const inText = asked.intersection(contentStems(passage.text)).size;
      return { passage, rank, shared, inText };
    })
    .filter(({ shared, inText }) => shared >= SHARED_MIN && inText > 0)
    .sort((left, right) => right.shared - left.shared || left.rank - right.rank)
    .slice(0, EXTRACTS_MAX)
    .map(({ passage }) => ({ passage, quote: bestSentences(passage.text, asked) }));
}

/** The sentence with most of the question's words, with its neighbours as far as they fit: sense needs both sides. */
function bestSentences(text: string, asked: ReadonlySet<string>): string {
  const flat = text.replace(/\s+/gu, ' ').trim();
  if (flat.length <= QUOTE_CHARACTERS_MAX) return flat;
  const sentences = flat.split(/(?<=[.!?…])\s+/u);
  const scores = sentences.map(sentence => contentStems(sentence).intersection(asked).size);
  let [from, to] = [scores.indexOf(Math.max(...scores)), scores.indexOf(Math.max(...scores))];
  for (;;) {
    if (to + 1 < sentences.length && lengthOf(sentences, from, to + 1) <= QUOTE_CHARACTERS_MAX) to += 1;
    else if (from > 0 && lengthOf(sentences, from - 1, to) <= QUOTE_CHARACTERS_MAX) from -= 1;
    else break;
  }
  return sentences
    .slice(from, to + 1)
    .join(' ')
    .slice(0, QUOTE_CHARACTERS_MAX);
}

const lengthOf = (sentences: readonly string[], from: number, to: number): number =>
  sentences.slice(from, to + 1).join(' ').length;
