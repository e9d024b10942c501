import type { PointId } from '../point.ts';
import { wrongInput } from '../refusal.ts';
import type { Hit } from './run-query.ts';

/** Joins ranked lists into one, best first. Pure. */

/** Reciprocal rank, with Qdrant's counting from 0: the first place of an unweighted list gives `1 / k`. */
export function fuseByRank(lists: readonly (readonly Hit[])[], k: number, weights?: readonly number[] | null): Hit[] {
  if (weights && weights.length !== lists.length) {
    throw wrongInput(`RRF weights length (${weights.length}) must match number of prefetches (${lists.length})`);
  }
  return sumUp(lists, (_hit, place, list) => rankScore(place, k, weights?.[list] ?? 1));
}

/** A weight stretches the ranks of its list. */
const rankScore = (place: number, k: number, weight: number): number =>
  weight === 0 ? 0 : 1 / ((place + 1) / weight + k - 1);

/** Distribution-based: each list is mapped from its mean ± 3 standard deviations to 0 … 1. */
export function fuseByDistribution(lists: readonly (readonly Hit[])[]): Hit[] {
  const spans = lists.map(list => {
    const scores = list.map(({ score }) => score);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / Math.max(1, scores.length - 1);
    const deviation = Math.sqrt(variance);
    return { low: mean - 3 * deviation, width: 6 * deviation };
  });
  return sumUp(lists, ({ score }, _place, list) => {
    const span = spans[list];
    return span === undefined || span.width === 0 ? 0.5 : (score - span.low) / span.width;
  });
}

function sumUp(lists: readonly (readonly Hit[])[], scoreOf: (hit: Hit, place: number, list: number) => number): Hit[] {
  const sums = new Map<PointId, Hit>();
  lists.forEach((list, listAt) =>
    list.forEach((hit, place) => {
      const score = (sums.get(hit.point.id)?.score ?? 0) + scoreOf(hit, place, listAt);
      sums.set(hit.point.id, { point: hit.point, score });
    }),
  );
  return [...sums.values()].sort((a, b) => b.score - a.score);
}
