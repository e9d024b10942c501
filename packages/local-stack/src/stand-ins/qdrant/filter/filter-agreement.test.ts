import { toQdrantFilter } from '@innkeeper/shared/adapters/qdrant/to-qdrant-filter';
import { type PointPayload, pointIndexes } from '@innkeeper/shared/contracts/point-payload';
import type { PointCondition, PointFilter } from '@innkeeper/shared/ports/vector-store';
import { buildPayload } from '@innkeeper/shared/testing/build-point';
import { matchesPointFilter } from '@innkeeper/shared/testing/matches-point-filter';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { Collection } from '../collection.ts';
import { findOperation } from '../qdrant-api.ts';
import type { ScrollRequest } from '../wire.ts';

/** Small alphabets, so that random filters and random payloads meet often. */
const word = fc.constantFrom('a', 'b', 'c');
const day = fc.constantFrom('2026-11-20', '2026-11-21', '2026-11-22', '2026-12-01');
const instant = fc.constantFrom(
  '2026-11-21T00:00:00Z',
  '2026-11-21T15:00:00.000Z',
  '2026-11-21T17:00:00+02:00',
  '2026-11-20T23:30:00-01:00',
);
const version = fc.integer({ min: 1, max: 4 });

const payload: fc.Arbitrary<PointPayload> = fc
  .record(
    {
      kind: fc.constantFrom('task', 'call', 'reservation'),
      srcVersion: version,
      deleted: fc.boolean(),
      listingIds: fc.array(word, { maxLength: 3 }),
      guestNames: fc.array(word, { maxLength: 2 }),
      status: word,
      missed: fc.boolean(),
      checkInDate: day,
      startsAt: instant,
      stays: fc.array(fc.record({ listingId: word, checkInDate: day, checkOutDate: day }), { maxLength: 3 }),
    },
    { requiredKeys: ['kind', 'srcVersion', 'deleted', 'listingIds', 'guestNames'] },
  )
  .map(fields => buildPayload(fields as Partial<PointPayload>));

const bounds = <T>(bound: fc.Arbitrary<T>) =>
  fc.record({ gt: bound, gte: bound, lt: bound, lte: bound }, { requiredKeys: [] });
const text = fc.constantFrom('kind', 'listingIds', 'guestNames', 'status', 'nowhere');
const time = fc.constantFrom('checkInDate', 'startsAt', 'stays[].checkInDate', 'nowhere');

/** A range needs a bound; without one Qdrant finds any number and the port's filter any value. */
const isBounded = (range: object): boolean => Object.keys(range).length > 0;

const plain: fc.Arbitrary<PointCondition> = fc.oneof(
  fc.record({ field: text, equals: fc.oneof(word, fc.constant('task')) }),
  fc.record({ field: fc.constantFrom('missed', 'deleted', 'status'), equals: fc.boolean() }),
  fc.record({ field: fc.constantFrom('srcVersion', 'chunk', 'status'), equals: fc.oneof(version, fc.constant(1.5)) }),
  fc.record({ field: text, anyOf: fc.uniqueArray(word, { maxLength: 3 }) }),
  fc.record({ field: time, range: bounds(fc.oneof(day, instant)).filter(isBounded) }),
  fc.record({ field: fc.constantFrom('srcVersion', 'status'), range: bounds(version).filter(isBounded) }),
  fc.record({ field: fc.oneof(text, time), isEmpty: fc.constant(true as const) }),
);

const nested: fc.Arbitrary<PointCondition> = fc.record({
  nested: fc.constantFrom('stays', 'nowhere'),
  filter: fc.record(
    {
      must: fc.array(
        fc.record({ field: fc.constantFrom('checkInDate', 'checkOutDate'), range: bounds(day).filter(isBounded) }),
        { maxLength: 2 },
      ),
      should: fc.array(fc.record({ field: fc.constant('listingId'), equals: word }), { maxLength: 2 }),
      mustNot: fc.array(fc.record({ field: fc.constant('listingId'), anyOf: fc.uniqueArray(word) }), { maxLength: 1 }),
    },
    { requiredKeys: [] },
  ),
});

const { filter } = fc.letrec<{ filter: PointFilter; condition: PointCondition }>(tie => ({
  filter: fc.record(
    {
      must: fc.array(tie('condition'), { maxLength: 3 }),
      should: fc.array(tie('condition'), { maxLength: 3 }),
      mustNot: fc.array(tie('condition'), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  ),
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    plain,
    nested,
    fc.record({ filter: tie('filter') }),
  ),
}));

/** The body as the server receives it: through JSON and the check against the published API. */
function receive(body: object): ScrollRequest {
  const operation = findOperation('POST', '/collections/c/points/scroll');
  if (operation === undefined) throw new Error('the API has no scroll');
  return operation.readBody(Buffer.from(JSON.stringify(body))) as ScrollRequest;
}

describe('the filter of the stand-in', () => {
  it.each([
    ['with payload indexes', Object.entries(pointIndexes)],
    ['without any index', []],
  ])('finds what the port means, %s', (_name, indexes) => {
    fc.assert(
      fc.property(fc.array(payload, { maxLength: 12 }), filter, (payloads, asked) => {
        const collection = new Collection('c', {});
        for (const [field, type] of indexes) collection.createIndex(field, type);
        for (const [id, fields] of payloads.entries()) {
          collection.put({ id, payload: fields, vectors: new Map(), version: 1 });
        }
        const request = receive({ filter: toQdrantFilter(asked) });
        const found = collection.matchingInOrder(request.filter).map(point => point.id);
        const meant = [...payloads.entries()]
          .filter(([, fields]) => matchesPointFilter(fields, asked))
          .map(([id]) => id);
        return JSON.stringify(found) === JSON.stringify(meant);
      }),
      { numRuns: 200 },
    );
  });
});
