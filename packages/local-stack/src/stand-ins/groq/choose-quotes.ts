import type { PromptSource, ReadPrompt } from './read-prompt.ts';

/**
 * The whole wit of the honest model: it answers with sentences of the sources that share the question's content words,
 * rare words counting more, and gives up when too few are shared. Pure; invents nothing.
 */
export interface Claim {
  readonly claim: string;
  readonly sourceId: string;
  /** Verbatim from the source. */
  readonly quote: string;
}

const CLAIMS_MAX = 3;
const COVERAGE_MIN = 0.5; // weight of the question's words that a source must share to be about the question
const IN_TEXT_MIN = 0.4; // of what the heading does not say already
const QUOTE_CHARACTERS_MAX = 400;

export function chooseQuotes({ sources, question }: ReadPrompt): Claim[] {
  const asked = stemsOf(question);
  if (asked.size === 0) return [];
  const weights = new Map([...asked].map(stem => [stem, rarity(stem, sources)]));
  const weigh = (stems: ReadonlySet<string>): number =>
    [...stems].reduce((sum, stem) => sum + (weights.get(stem) ?? 0), 0);
  /** How much of `wanted` stands in a text; everything, where nothing is wanted. */
  const share = (wanted: ReadonlySet<string>, text: string): number =>
    wanted.size === 0 ? 1 : weigh(wanted.intersection(stemsOf(text))) / weigh(wanted);
  return sources
    .map(source => ({
      source,
      coverage: share(asked, `${source.about} ${source.text}`),
      // The heading says whose words these are; what is asked about them must stand in the words.
      inText: share(asked.difference(stemsOf(source.about)), source.text),
    }))
    .filter(({ coverage, inText }) => coverage >= COVERAGE_MIN && inText >= IN_TEXT_MIN)
    .map(({ source, coverage }) => ({
      source,
      coverage,
      ...bestSentence(source, stems => weigh(asked.intersection(stems))),
    }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.coverage - a.coverage || b.weight - a.weight)
    .slice(0, CLAIMS_MAX)
    .map(({ source, sentence }) => claimFrom(source, sentence));
}

/** The closest thing to a quote that any source has, however far from the question. */
export function anyQuote({ sources }: ReadPrompt): Claim | undefined {
  const [source] = sources;
  const [sentence] = source === undefined ? [] : sentencesOf(source.text);
  return source === undefined || sentence === undefined ? undefined : claimFrom(source, sentence);
}

export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?…])\s+|\n+/u)
    .map(sentence => sentence.trim())
    .filter(sentence => sentence !== '');
}

const claimFrom = (source: PromptSource, sentence: string): Claim => {
  const quote = cut(sentence);
  return { claim: /[.!?…]$/u.test(quote) ? quote : `${quote}.`, sourceId: source.id, quote };
};

const cut = (sentence: string): string =>
  sentence.length <= QUOTE_CHARACTERS_MAX ? sentence : sentence.slice(0, QUOTE_CHARACTERS_MAX).replace(/\s+\S*$/u, '');

function bestSentence(source: PromptSource, weigh: (stems: ReadonlySet<string>) => number) {
  let best = { sentence: '', weight: 0 };
  for (const sentence of sentencesOf(source.text)) {
    const weight = weigh(stemsOf(sentence));
    if (weight > best.weight) best = { sentence, weight };
  }
  return best;
}

/** Words of few sources tell more than words of many; a word of none counts like a word of one. */
function rarity(stem: string, sources: readonly PromptSource[]): number {
  const holding = sources.filter(source => stemsOf(`${source.about} ${source.text}`).has(stem)).length;
  return Math.log(1 + (sources.length + 1) / (Math.max(1, holding) + 1));
}

function stemsOf(text: string): Set<string> {
  const words =
    text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter(word => !FUNCTION_WORDS.has(word)).map(stemOf));
}

/** Crude on purpose: heating, heated, heats and heater meet in "heat". */
const stemOf = (word: string): string =>
  word.length <= 4 ? word.replace(/(?<=\w{3})s$/u, '') : word.replace(/(?:ings?|ed|ers?|ies|es|s|e|y|en)$/u, '');

const FUNCTION_WORDS = new Set(
  (
    'a about after all also am an and any are as ask asked at be been before but by can could did do does for from get ' +
    'give had has have he her him his how i if in into is it its me my no not of on or our out please said say says she ' +
    'so tell than that the their them then there they this to today tomorrow up us was we were what when where which ' +
    'who whom whose why will with would yes you your ' +
    'der die das ein eine und oder ist sind war was wer wo wann wie hat haben uber mit von fur im in zu den dem ' +
    'le la les un une des et ou est sont quoi qui quand comment sur avec pour dans du de ' +
    'el los las una que quien cuando como sobre con para en del o os as um uma e do da no na com para quando quem'
  ).split(' '),
);
