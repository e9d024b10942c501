import type { Token } from '../tokens.ts';
import type { Tag } from './lexicon.ts';

/** Verbs in two parts with other words between: "wer *reist* heute *an*". */
export type SplitVerb = readonly [tag: Tag, verbs: string, particle: string];

/** Tags of the tokens that are the parts of such a verb, by index. Pure. */
export function findSplitVerbs(
  tokens: readonly Token[],
  splitVerbs: readonly SplitVerb[],
  isFree: (index: number) => boolean,
): ReadonlyMap<number, Tag> {
  const found = new Map<number, Tag>();
  for (const [tag, verbs, particle] of splitVerbs) {
    const forms = verbs.split('|');
    const verb = tokens.findIndex((token, index) => isFree(index) && forms.includes(token.text));
    const end = tokens.findLastIndex((token, index) => isFree(index) && token.text === particle);
    if (verb < 0 || end <= verb) continue;
    found.set(verb, tag);
    found.set(end, tag);
  }
  return found;
}
