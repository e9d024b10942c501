import type { Collection } from '../collection.ts';
import { parseDatetime } from '../filter/parse-datetime.ts';
import type { StoredPoint } from '../point.ts';
import { formatError, wrongInput } from '../refusal.ts';
import type { Filter, OrderBy } from '../wire.ts';

export interface OrderedPoint {
  readonly point: StoredPoint;
  /** As the index keeps it: numbers, or microseconds for instants. */
  readonly value: number;
}

/** Points by the value of an indexed field; a point with several values appears with each. Pure. */
export function orderPoints(
  collection: Collection,
  orderBy: OrderBy,
  filter: Filter | null | undefined,
): OrderedPoint[] {
  const {
    key,
    direction,
    start_from: startFrom,
  } = typeof orderBy === 'string' ? { key: orderBy, direction: 'asc', start_from: null } : orderBy;
  const index = collection.indexes.get(key);
  if (index?.isOrdered !== true) {
    throw wrongInput(
      `No range index for \`order_by\` key: \`${key}\`. Please create one to use \`order_by\`. ` +
        'Check https://qdrant.tech/documentation/concepts/indexing/#payload-index to see which payload schemas support Range conditions',
    );
  }
  const sign = direction === 'desc' ? -1 : 1;
  const start = startFrom == null ? Number.NEGATIVE_INFINITY : sign * orderValue(startFrom);
  return collection
    .matchingInOrder(filter)
    .flatMap(point => index.valuesOf(point).map(value => ({ point, value: orderValue(value) })))
    .filter(({ value }) => sign * value >= start)
    .sort((a, b) => sign * (a.value - b.value));
}

function orderValue(value: unknown): number {
  const order = typeof value === 'string' ? parseDatetime(value) : Number(value);
  if (order === undefined) throw formatError('`start_from` does not match accepted datetime format (RFC3339)');
  return order;
}
