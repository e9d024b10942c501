import { asksForNewest, newestFirst } from './newest-first.ts';
import type { Passage } from './passage.ts';
import type { WhoseWords } from './whose-words.ts';
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

export interface Asked {
  readonly question: string;
  /**
   * Words that say whose passage it is or of when, not what it is about: with a home's name alone every passage of that
   * home would fit.
   */
  readonly settled: readonly string[];
  readonly whose: WhoseWords;
}

/** Best first, or newest first where that is asked for; of each document one quote. */
export function extractFor({ question, settled, whose }: Asked, passages: readonly Passage[]): Extract[] {
  const all = contentStems(question);
  const topical = all.difference(contentStems([...settled, ...whose.named].join(' ')));
  const quotable = passages.filter(whose.mayQuote);
  if (topical.size === 0 && whose.isSomebodys) {
    return onePerDocument(newestFirst(quotable, ({ saidAt }) => saidAt)).map(passage => quoteOf(passage, all));
  }
  const asked = topical.size === 0 ? all : topical;
  if (asked.size === 0) return [];
  const fitting = quotable
    .map((passage, rank) => {
      const text = withoutNames(passage.text, passage);
      const about = withoutNames(passage.about, passage);
      const shared = asked.intersection(contentStems(`${text} ${about}`)).size / asked.size;
      const inText = asked.intersection(contentStems(text)).size;
      return { passage, rank, shared, inText };
    })
    .filter(({ shared, inText }) => shared >= SHARED_MIN && inText > 0)
    .sort((left, right) => right.shared - left.shared || left.rank - right.rank)
    .map(({ passage }) => passage);
  const ordered = asksForNewest(question) ? newestFirst(fitting, ({ saidAt }) => saidAt) : fitting;
  return onePerDocument(ordered).map(passage => quoteOf(passage, asked));
}

/** A guest called Park has said nothing about parking. */
const withoutNames = (text: string, { by, of }: Passage): string =>
  [...by, ...of].reduce((left, name) => (name === '' ? left : left.replaceAll(name, ' ')), text);

const onePerDocument = (passages: readonly Passage[]): Passage[] => {
  const seen = new Set<string>();
  return passages.filter(({ key }) => !seen.has(key) && seen.add(key)).slice(0, EXTRACTS_MAX);
};

const quoteOf = (passage: Passage, asked: ReadonlySet<string>): Extract => ({
  passage,
  quote: bestSentences(passage.text, asked),
});

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
