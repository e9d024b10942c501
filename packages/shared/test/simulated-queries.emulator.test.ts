import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firestoreRest } from '../src/adapters/firestore/firestore-rest.ts';
import type {
  DocumentFields,
  DocumentQuery,
  DocumentStore,
  DocumentValue,
  FieldFilter,
} from '../src/ports/document-store.ts';
import { DocumentReference, GeoPoint, Timestamp } from '../src/ports/document-store.ts';
import { ok } from '../src/result/result.ts';
import { firestoreEmulatorHost } from '../src/testing/emulator-hosts.ts';
import { inMemoryDocumentStore } from '../src/testing/in-memory-document-store.ts';

/** Few values of every type, close together, so that filters and orders meet ties, gaps and type borders. */
const value: fc.Arbitrary<DocumentValue> = fc.constantFrom<DocumentValue[]>(
  null,
  false,
  true,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  -1,
  -0,
  0.5,
  2,
  9_007_199_254_740_993n,
  new Timestamp(0n),
  new Timestamp(1n),
  '',
  'a',
  'ab',
  '\u{ff5e}',
  '\u{1f3e1}',
  new Uint8Array(),
  Uint8Array.from([1, 2]),
  new DocumentReference('records/a'),
  new DocumentReference('records/a/parts/b'),
  new GeoPoint(1, 2),
  [],
  [1, 'a'],
  [{ k: 1 }],
  {},
  { k: 1 },
  { k: [2], l: null },
);

const fields: fc.Arbitrary<DocumentFields> = fc.record(
  { x: value, y: fc.constantFrom(1, 2, 3), nested: fc.record({ z: value }) },
  { requiredKeys: [] },
);

const fieldPath = fc.constantFrom('x', 'y', 'nested.z');
const filter: fc.Arbitrary<FieldFilter> = fc.oneof(
  fc.record({ field: fieldPath, op: fc.constantFrom('==', '!=', '<', '<=', '>', '>='), value }),
  fc.record({
    field: fieldPath,
    op: fc.constant('in'),
    value: fc.array(
      value.filter(item => !Array.isArray(item)),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  fc.record({ field: fieldPath, op: fc.constant('array-contains'), value: value.filter(item => !Array.isArray(item)) }),
) as fc.Arbitrary<FieldFilter>;

const order = fc.record({ field: fieldPath, direction: fc.constantFrom('asc', 'desc') } as const);

/** One filter, or an order with a position: what one index serves, so that the emulator refuses nothing. */
const query: fc.Arbitrary<Omit<DocumentQuery, 'collection'>> = fc.oneof(
  fc.record({ where: fc.tuple(filter), limit: fc.constantFrom(3, 100) }),
  fc.record({ orderBy: fc.tuple(order), limit: fc.constantFrom(3, 100) }),
  fc.record({ orderBy: fc.tuple(order), startAfter: fc.tuple(value) }),
);

describe('the in-memory store', () => {
  const emulator = firestoreRest({
    baseUrl: `http://${firestoreEmulatorHost()}/v1`,
    project: 'simulated-queries',
    database: '(default)',
    tokens: { token: async () => ok('owner') },
    fetch,
    random: Math.random,
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
  });

  it('finds, orders and continues as the emulator does', async () => {
    let collections = 0;
    const answerOf = async (store: DocumentStore, asked: DocumentQuery) => {
      const result = await store.query(asked);
      return result.ok ? result.value.map(({ path, fields: found }) => [path, found]) : result.error.kind;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fields, { minLength: 5, maxLength: 15 }),
        fc.array(query, { minLength: 10, maxLength: 10 }),
        async (documents, queries) => {
          collections += 1;
          const collection = `c${collections}`;
          const memory = inMemoryDocumentStore();
          const writes = documents.map(
            (item, index) => ({ op: 'set', path: `${collection}/${index}`, fields: item }) as const,
          );
          await Promise.all([memory.commit(writes), emulator.commit(writes)]);
          const asked = queries.map(parts => ({ collection, ...parts }));
          const answersOf = (store: DocumentStore) =>
            Promise.all(asked.map(async one => [one, await answerOf(store, one)]));
          expect(await answersOf(memory)).toEqual(await answersOf(emulator));
        },
      ),
      { numRuns: 8 },
    );
  });
});
