/**
 * Splits a question into words that can be compared, each with the place it came from. Pure; linear in the text.
 *
 * `text` is folded (lower case, no accents, no apostrophes), so that case, accents and typographic quotes never
 * change a plan; `start` and `end` point into the question as typed, for names and headings.
 */
export type Token = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Stands between quotation marks. */
  readonly quoted: boolean;
};

export const foldText = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/gu, 'ss')
    .replace(/ø/gu, 'o')
    .replace(/ł/gu, 'l');

const pieces =
  /(?<date>\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?(?!\d)|\d{1,2}\/\d{1,2}\/(?:\d{4}|\d{2})(?!\d)|\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})(?!\d)|\d{1,2}\/\d{1,2}(?!\d))|(?<time>\d{1,2}[:.]\d{2}(?!\d))|(?<word>[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*)|(?<dash>[-–—])|(?<and>[&+])|(?<quote>["“”«»„])/gu;

/** French and Portuguese articles that lean on the next word: `l'appartement`, `d'aujourd'hui`. */
const elided = /^(?:l|d|qu|j|n|s|c|m)['’](?=.)/iu;

export function tokenise(question: string): readonly Token[] {
  const tokens: Token[] = [];
  const quotes = [...question.matchAll(/["“”«»„]/gu)].map(match => match.index);
  const isQuoted = (at: number): boolean => {
    const before = quotes.filter(index => index < at).length;
    return before % 2 === 1 && before < quotes.length;
  };
  const push = (raw: string, start: number, text = foldText(raw).replace(/['’]/gu, '')): void => {
    if (text !== '')
      tokens.push({ text, start, end: start + raw.length, quoted: quotes.length > 0 && isQuoted(start) });
  };
  for (const match of question.matchAll(pieces)) {
    const raw = match[0];
    if (match.groups?.['quote'] !== undefined) continue;
    if (match.groups?.['word'] === undefined) push(match.groups?.['dash'] === undefined ? raw : '-', match.index);
    else pushWord(raw, match.index, push);
  }
  return tokens;
}

const contracted: ReadonlySet<string> = new Set([
  'who',
  'what',
  'when',
  'where',
  'how',
  'which',
  'there',
  'it',
  'that',
  'he',
  'she',
]);

function pushWord(raw: string, start: number, push: (raw: string, start: number, text?: string) => void): void {
  const article = elided.exec(raw)?.[0].length ?? 0;
  if (article > 0 && !/^[a-z]['’]s$/iu.test(raw)) {
    push(raw.slice(0, article), start);
    pushWord(raw.slice(article), start + article, push);
    return;
  }
  const possessive = /['’]s$/iu.exec(raw);
  if (possessive && raw.length > 2) {
    const owner = raw.slice(0, possessive.index);
    push(owner, start);
    // "who's" is a verb, "Maria's" is not.
    push(raw.slice(possessive.index), start + possessive.index, contracted.has(foldText(owner)) ? 'is' : 's');
    return;
  }
  const late = compound.exec(raw)?.[0].length ?? 0;
  if (late > 0) push(raw.slice(0, late), start);
  push(raw.slice(late), start + late);
}

/** Spätanreise, Frühabreise */
const compound = /^(?:sp(?:ä|ae?)t|fr(?:ü|ue?)h)(?=(?:an|ab)(?:reise|kunft|künft|kuenft))/iu;
