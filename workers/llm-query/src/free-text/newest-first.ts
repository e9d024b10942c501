import { fold } from './words.ts';

/** When a question asks for the newest of what was said, and what is the newest. Pure. */
export const asksForNewest = (question: string): boolean => NEWEST.test(fold(question));

const TOLD = '(?:time|say|said|hear|heard|words?|wrote|written|messages?|notes?|calls?|news|updates?|spoke|asked?)';
const NEWEST = new RegExp(
  [
    `\\b(?:latest|newest|(?:most )?recent(?:ly)?|lately|last ${TOLD}|since)\\b`,
    String.raw`\b${TOLD} last(?=\W*$| (?:about|of|on|regarding|to)\b)`,
    String.raw`\b(?:zuletzt|neueste\w*|jungste\w*|seit|letzte\w* (?:mal|nachricht\w*|notiz\w*|stand|anruf\w*))\b`,
    String.raw`\b(?:recemment|depuis|dernier\w* (?:fois|messages?|appels?|notes?|nouvelles?))\b`,
    String.raw`\b(?:desde|reciente\w*|recente\w*|ultim[oa]s? (?:vez|mensajes?|mensage[mn]s?|llamadas?|chamadas?|notas?|noticias?))\b`,
  ].join('|'),
  'u',
);

/** Newest first; what has no time of its own, like the description of a home, keeps its order behind. */
export function newestFirst<T>(items: readonly T[], saidAtOf: (item: T) => string | undefined): T[] {
  const timeOf = (item: T): number => {
    const saidAt = saidAtOf(item);
    return saidAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(saidAt);
  };
  return items.toSorted((left, right) => (timeOf(right) === timeOf(left) ? 0 : timeOf(right) - timeOf(left)));
}

/** Rank constant of the fusion, as Qdrant's: the first places weigh most. */
const RANK_CONSTANT = 2;

/** Finds in order of relevance, reordered with their age as a second opinion: old words about it stay behind new ones. */
export function fuseRecency<T>(hits: readonly T[], saidAtOf: (hit: T) => string | undefined): T[] {
  const byAge = new Map(newestFirst(hits, saidAtOf).map((hit, rank) => [hit, rank]));
  const scoreOf = (hit: T, rank: number): number =>
    1 / (RANK_CONSTANT + rank) + 1 / (RANK_CONSTANT + (byAge.get(hit) ?? hits.length));
  return hits
    .map((hit, rank) => ({ hit, score: scoreOf(hit, rank) }))
    .toSorted((left, right) => right.score - left.score)
    .map(({ hit }) => hit);
}
