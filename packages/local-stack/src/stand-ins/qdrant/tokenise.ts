import { notInStandIn } from './refusal.ts';
import type { Tokeniser } from './wire.ts';

/** How Qdrant cuts a text into words, for BM25 and for text indexes. */
export interface TokeniserOptions {
  readonly tokeniser: Tokeniser;
  readonly lowercase: boolean;
  readonly asciiFolding: boolean;
  readonly minTokenLength: number;
  readonly maxTokenLength: number;
}

export function tokenise(text: string, options: TokeniserOptions): string[] {
  const words = cut(text, options.tokeniser).map(word => {
    const folded = options.asciiFolding ? foldToAscii(word) : word;
    return options.lowercase ? folded.toLowerCase() : folded;
  });
  return words.filter(({ length }) => length >= options.minTokenLength && length <= options.maxTokenLength);
}

function cut(text: string, tokeniser: Tokeniser): string[] {
  switch (tokeniser) {
    case 'whitespace':
      return text.split(/\s+/u).filter(word => word !== '');
    case 'prefix':
      throw notInStandIn('prefix tokeniser');
    case 'word':
      return text.match(ALPHANUMERIC) ?? [];
    case 'multilingual':
      return (text.match(ALPHANUMERIC) ?? []).flatMap(segment).filter(word => HAS_LETTER.test(word));
  }
}

const ALPHANUMERIC = /[\p{L}\p{M}\p{N}]+/gu;
/** The multilingual tokeniser drops what has no letter: times and numbers are not searchable by BM25. */
const HAS_LETTER = /\p{L}/u;
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

const segment = (word: string): string[] =>
  WITHOUT_SPACES.test(word) ? Array.from(segmenter.segment(word), part => part.segment) : [word];

/** Letters that do not decompose into a base letter and a mark. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ı: 'i',
};

const foldToAscii = (word: string): string =>
  word
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{ASCII}]/gu, letter => UNDECOMPOSED[letter] ?? letter);
