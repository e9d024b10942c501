import type { Collection } from '../collection.ts';
import { comparePointIds, parsePointId, type StoredPoint } from '../point.ts';
import { badRequest, notFound, wrongInput } from '../refusal.ts';
import type { FacetRequest, PointRequest, ScrollRequest } from '../wire.ts';
import { orderPoints } from './order-points.ts';
import { presentPoint } from './present-point.ts';
import { DEFAULT_LIMIT } from './run-query.ts';

/** The read endpoints that do not rank: by id, page by page, counted, faceted. Pure. */
export function answerPoint(collection: Collection, rawId: string): unknown {
  const id = parsePointId(/^\d+$/u.test(rawId) ? Number(rawId) : rawId);
  const point = collection.get(id);
  if (point === undefined) throw notFound(`Point with id ${rawId} does not exists!`);
  return presentPoint(point, { withPayload: true, withVector: true });
}

export function answerPoints(collection: Collection, request: PointRequest): unknown[] {
  const points = request.ids.map(id => collection.get(parsePointId(id)));
  return points
    .filter((point): point is StoredPoint => point !== undefined)
    .map(point => presentPoint(point, { withPayload: request.with_payload ?? true, withVector: request.with_vector }));
}

export function answerScroll(collection: Collection, request: ScrollRequest): unknown {
  collection.demandIndexes(request.filter, 'retrieve');
  const limit = request.limit ?? DEFAULT_LIMIT;
  const presentation = { withPayload: request.with_payload ?? true, withVector: request.with_vector };
  if (request.order_by) {
    if (request.offset != null) throw badRequest('`offset` cannot be used when `order_by` is specified');
    const points = orderPoints(collection, request.order_by, request.filter).slice(0, limit);
    const presented = points.map(({ point, value }) => ({ ...presentPoint(point, presentation), order_value: value }));
    return { points: presented, next_page_offset: null };
  }
  const all = collection.matchingInOrder(request.filter);
  const start = request.offset == null ? undefined : parsePointId(request.offset);
  const from = start === undefined ? 0 : all.findIndex(({ id }) => comparePointIds(id, start) >= 0);
  const rest = from === -1 ? [] : all.slice(from, from + limit + 1);
  return {
    points: rest.slice(0, limit).map(point => presentPoint(point, presentation)),
    next_page_offset: rest[limit]?.id ?? null,
  };
}

export function answerCount(collection: Collection, request: Pick<ScrollRequest, 'filter'>): unknown {
  collection.demandIndexes(request.filter, 'retrieve');
  return { count: collection.matching(request.filter).length };
}

export function answerFacet(collection: Collection, request: FacetRequest): unknown {
  const index = collection.indexes.get(request.key);
  if (index?.isListed !== true) {
    throw wrongInput(
      `No appropriate index for faceting: \`${request.key}\`. Please create one to facet on this field. ` +
        'Check https://qdrant.tech/documentation/concepts/indexing/#payload-index to see which payload schemas support Match conditions',
    );
  }
  collection.demandIndexes(request.filter, 'retrieve');
  const holds = collection.compile(request.filter);
  const hits = Array.from(index.facets(), ([value, points]) => ({
    value,
    count: Array.from(points).filter(holds).length,
  }));
  hits.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return { hits: hits.slice(0, request.limit ?? DEFAULT_LIMIT) };
}
