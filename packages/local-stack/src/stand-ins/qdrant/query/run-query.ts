import type { Collection } from '../collection.ts';
import { listOf } from '../filter/compile-filter.ts';
import type { PointId, StoredPoint } from '../point.ts';
import { badRequest, notInStandIn } from '../refusal.ts';
import type { Filter, FormulaQuery, OrderBy, Query, QueryLevel, VectorInput } from '../wire.ts';
import { compileFormula } from './compile-formula.ts';
import { fuseByDistribution, fuseByRank } from './fuse.ts';
import { orderPoints } from './order-points.ts';
import { createScorer, type VectorScorer } from './score-vectors.ts';

export interface Hit {
  readonly point: StoredPoint;
  readonly score: number;
  readonly orderValue?: number;
}

export const DEFAULT_LIMIT = 10;

/** RRF's constant where the request names none. */
const RANK_CONSTANT = 2;

/** Answers a query, best first, at most `limit` hits. A filter holds for every prefetch below it too. Pure. */
export function runQuery(collection: Collection, level: QueryLevel, limit: number, inherited?: Filter): Hit[] {
  collection.demandIndexes(level.filter, 'retrieve');
  const filter = both(level.filter, inherited);
  const prefetches = listOf(level.prefetch);
  const hits =
    prefetches.length === 0
      ? answerFromCollection(collection, level, filter)
      : answerFromLists(
          collection,
          level,
          prefetches.map(prefetch => runQuery(collection, prefetch, prefetch.limit ?? DEFAULT_LIMIT, filter)),
        );
  return hits.slice(0, limit);
}

function both(own: Filter | null | undefined, inherited: Filter | undefined): Filter | undefined {
  if (!own) return inherited;
  return inherited === undefined ? own : { must: [own, inherited] };
}

function answerFromCollection(collection: Collection, level: QueryLevel, filter: Filter | undefined): Hit[] {
  const { query } = level;
  if (query === null || query === undefined) {
    return collection.matchingInOrder(filter).map(point => ({ point, score: 1 }));
  }
  const kind = kindOf(query);
  switch (kind.is) {
    case 'vector':
      return rank(
        collection.matching(filter),
        createScorer(collection, kind.input, level.using ?? ''),
        level.score_threshold,
      );
    case 'order':
      return orderPoints(collection, kind.orderBy, filter).map(({ point, value }) => ({
        point,
        score: 1,
        orderValue: value,
      }));
    case 'rank_fusion':
    case 'distribution_fusion':
    case 'formula':
      throw badRequest('A fusion or formula query needs a prefetch');
  }
}

function answerFromLists(collection: Collection, level: QueryLevel, lists: readonly Hit[][]): Hit[] {
  const { query, score_threshold: threshold } = level;
  if (query === null || query === undefined) throw badRequest('A query is needed to merge the prefetches');
  const kind = kindOf(query);
  switch (kind.is) {
    case 'rank_fusion':
      return above(fuseByRank(lists, kind.k, kind.weights), threshold);
    case 'distribution_fusion':
      return above(fuseByDistribution(lists), threshold);
    case 'vector':
      return rank([...union(lists).values()], createScorer(collection, kind.input, level.using ?? ''), threshold);
    case 'formula': {
      const evaluate = compileFormula(kind.formula, collection);
      const scores = lists.map(list => new Map(list.map(({ point, score }) => [point.id, score])));
      const rescored = [...union(lists).values()].map(point => ({
        point,
        score: evaluate(
          point,
          scores.map(list => list.get(point.id) ?? 0),
        ),
      }));
      return above(
        rescored.sort((a, b) => b.score - a.score),
        threshold,
      );
    }
    case 'order':
      throw notInStandIn('ordering of prefetched points');
  }
}

const union = (lists: readonly Hit[][]): Map<PointId, StoredPoint> =>
  new Map(lists.flat().map(({ point }) => [point.id, point]));

const above = (hits: Hit[], threshold: number | null | undefined): Hit[] =>
  threshold == null ? hits : hits.filter(({ score }) => score >= threshold);

function rank(points: readonly StoredPoint[], scorer: VectorScorer, threshold: number | null | undefined): Hit[] {
  const sign = scorer.smallerIsBetter ? -1 : 1;
  const hits: Hit[] = [];
  for (const point of points) {
    const score = point.id === scorer.self ? undefined : scorer.score(point);
    if (score === undefined || (threshold != null && sign * score < sign * threshold)) continue;
    hits.push({ point, score });
  }
  const tie = scorer.laterFirst ? -1 : 1;
  return hits.sort((a, b) => sign * (b.score - a.score) || tie * (a.point.offset - b.point.offset));
}

type QueryKind =
  | { is: 'vector'; input: VectorInput }
  | { is: 'rank_fusion'; k: number; weights?: readonly number[] | null }
  | { is: 'distribution_fusion' }
  | { is: 'formula'; formula: FormulaQuery }
  | { is: 'order'; orderBy: OrderBy };

function kindOf(query: VectorInput | Query): QueryKind {
  if (typeof query !== 'object' || Array.isArray(query)) return { is: 'vector', input: query };
  if ('fusion' in query) {
    return query.fusion === 'rrf' ? { is: 'rank_fusion', k: RANK_CONSTANT } : { is: 'distribution_fusion' };
  }
  if ('rrf' in query) return { is: 'rank_fusion', k: query.rrf.k ?? RANK_CONSTANT, weights: query.rrf.weights ?? null };
  if ('formula' in query) return { is: 'formula', formula: query };
  if ('order_by' in query) return { is: 'order', orderBy: query.order_by };
  if ('nearest' in query) {
    if (query.mmr) throw notInStandIn('maximal marginal relevance');
    return { is: 'vector', input: query.nearest };
  }
  for (const kind of ['recommend', 'discover', 'context', 'sample', 'relevance_feedback'] as const) {
    if (kind in query) throw notInStandIn(`${kind} query`);
  }
  return { is: 'vector', input: query };
}
