import type { Passage } from './passage.ts';
import { wordsOf } from './words.ts';

/** Chat belongs to no home: of a question about one, what names only others is left out. Pure. */
export function ofHomes(
  passages: readonly Passage[],
  asked: readonly string[],
  homeNames: readonly string[],
): readonly Passage[] {
  if (asked.length === 0) return passages;
  const lines = (names: readonly string[]): string[] =>
    names.map(name => lineOf(name)).filter(line => line.trim() !== '');
  const [meant, all] = [lines(asked), lines(homeNames)];
  return passages.filter(({ roomId, text }) => {
    const said = lineOf(text);
    const named = roomId === undefined ? [] : all.filter(name => said.includes(name));
    return named.length === 0 || named.some(name => meant.includes(name));
  });
}

const lineOf = (text: string): string => ` ${wordsOf(text).join(' ')} `;
