import type { Collection } from '../collection.ts';
import { leavesAt, parsePath } from '../filter/payload-path.ts';
import type { GroupsRequest, QueryRequest } from '../wire.ts';
import { type Presentation, presentPoint } from './present-point.ts';
import { DEFAULT_LIMIT, type Hit, runQuery } from './run-query.ts';

/** The read endpoints that rank: one query, and one query grouped by a payload field. Pure. */
export function answerQuery(collection: Collection, request: QueryRequest): { points: unknown[] } {
  const offset = request.offset ?? 0;
  const hits = runQuery(collection, request, (request.limit ?? DEFAULT_LIMIT) + offset);
  return { points: hits.slice(offset).map(hit => presentHit(hit, request)) };
}

const DEFAULT_GROUP_SIZE = 3;

export function answerGroups(collection: Collection, request: GroupsRequest): { groups: unknown[] } {
  collection.demandIndexes({ must: [{ key: request.group_by, match: { value: '' } }] }, 'retrieve');
  const path = parsePath(request.group_by);
  const size = request.group_size ?? DEFAULT_GROUP_SIZE;
  const groups = new Map<string | number, Hit[]>();
  // Hits come best first, so groups are met in the order of their best hit.
  for (const hit of runQuery(collection, request, Number.POSITIVE_INFINITY)) {
    const values = leavesAt(hit.point.payload, path).filter(
      value => typeof value === 'string' || Number.isInteger(value),
    );
    for (const value of new Set(values as (string | number)[])) {
      const group = groups.get(value) ?? [];
      groups.set(value, group);
      if (group.length < size) group.push(hit);
    }
  }
  const answered = [...groups].slice(0, request.limit ?? DEFAULT_LIMIT);
  return { groups: answered.map(([id, hits]) => ({ hits: hits.map(hit => presentHit(hit, request)), id })) };
}

function presentHit({ point, score, orderValue }: Hit, request: QueryRequest): unknown {
  const presentation: Presentation = { withPayload: request.with_payload, withVector: request.with_vector };
  const { id, ...parts } = presentPoint(point, presentation);
  // A request without a query ranks nothing, and then Qdrant gives no version either.
  const version = request.query === undefined || request.query === null ? 0 : point.version;
  return {
    id,
    version,
    score: Math.fround(score),
    ...parts,
    ...(orderValue === undefined ? {} : { order_value: orderValue }),
  };
}
