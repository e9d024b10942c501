import type { Part, Reading } from '../reading.ts';

/**
 * Whether people are to be counted and not stays. The noun decides: "how many guests arrive" and "how many people"
 * ask for heads, "how many arrivals", "how many bookings" and "how many guest arrivals" for stays. Pure.
 */
export const asksPeople = ({ parts, tokens }: Reading): boolean =>
  tokens.some(({ text }, at) => text === 'headcount' || (text === 'head' && tokens[at + 1]?.text === 'count')) ||
  parts.some((part, at) => {
    if (!isTag(part, 'count')) return false;
    // "people leaving on Saturday, how many?"
    if (at === parts.length - 1) return parts.some(other => isTag(other, 'guest'));
    const following = parts.slice(at + 1).filter(next => !isTag(next, 'filler') && !isTag(next, 'prep'));
    return isTag(following[0], 'guest') && !isTag(following[1], 'arrival') && !isTag(following[1], 'departure');
  });

const isTag = (part: Part | undefined, tag: string): boolean => part?.kind === 'tag' && part.tag === tag;
