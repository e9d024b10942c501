import { type TokeniserOptions, tokenise } from '../tokenise.ts';
import type { Match } from '../wire.ts';

/** Whether a single value matches. Text matches by words where the field has a text index, else by part of the string. */
export function compileMatch(match: Match, text: TokeniserOptions | undefined): (value: unknown) => boolean {
  if ('value' in match) return value => value === match.value;
  if ('any' in match) {
    const wanted = new Set<unknown>(match.any);
    return value => wanted.has(value);
  }
  if ('except' in match) {
    const unwanted = new Set<unknown>(match.except);
    return value => value !== null && !unwanted.has(value);
  }
  if ('prefix' in match) return value => typeof value === 'string' && value.startsWith(match.prefix);
  if ('phrase' in match) {
    // A text index without positions finds no phrase; without any index the phrase is a part of the string.
    return value => text === undefined && typeof value === 'string' && value.includes(match.phrase);
  }
  const asked = 'text' in match ? match.text : match.text_any;
  if (text === undefined) return value => typeof value === 'string' && value.includes(asked);
  const words = tokenise(asked, text);
  const all = 'text' in match;
  return value => {
    if (typeof value !== 'string' || words.length === 0) return false;
    const there = new Set(tokenise(value, text));
    return all ? words.every(word => there.has(word)) : words.some(word => there.has(word));
  };
}
