import fc from 'fast-check';
import { Query } from 'mingo';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REACHED_MONGO, type ReachedMongo, reachMongo } from '../../../testing/reach-mongo.ts';

/**
 * What the real driver finds here against what an independent implementation of the query language finds. Left out is
 * what that implementation is known to decide differently from MongoDB: null within arrays, order between kinds, and
 * documents looked for among scalars.
 */
let mongo: ReachedMongo;
let client: MongoClient;
let documents: Collection<Document & { _id: number }>;
beforeAll(async () => {
  mongo = await reachMongo();
  client = await new MongoClient(mongo.uri).connect();
  documents = client.db().collection('documents');
});
afterAll(async () => {
  await client.close();
  await mongo.close();
});

const text = fc.constantFrom('', 'a', 'b', 'ab', 'é');
const number = fc.constantFrom(-1, 0, 0.5, 1, 2);
const date = fc.constantFrom(new Date(0), new Date(-1000), new Date('2026-11-21'));
const scalar = fc.oneof(text, number, date, fc.boolean());
const inner = fc.record({ b: scalar, c: scalar }, { requiredKeys: [], noNullPrototype: true });
const value = fc.oneof(
  scalar,
  fc.constant(null),
  fc.array(scalar, { maxLength: 3 }),
  inner,
  fc.array(inner, { minLength: 1, maxLength: 2 }),
);
/** The keyed fields too, so that every access path is taken. */
const fields = ['a', 'rid', 'ts', '_updatedAt'] as const;
const stored = fc.record(
  { a: value, rid: value, ts: value, _updatedAt: value },
  { requiredKeys: [], noNullPrototype: true },
);

const comparison = fc.oneof(
  scalar,
  fc.record({ $gt: number }),
  fc.record({ $gte: text }),
  fc.record({ $lt: date }),
  fc.record({ $lte: number, $gte: number }),
  fc.record({ $ne: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $not: fc.record({ $gt: number }) }),
  fc.record({ $regex: fc.constantFrom('^a', 'b$', '.') }),
);
const condition = fc.oneof(
  { weight: 4, arbitrary: comparison },
  { weight: 1, arbitrary: fc.record({ $exists: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ $size: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ $elemMatch: fc.record({ $gt: number, $lt: number }) }) },
);
const onFields = fc.oneof(
  fc.dictionary(fc.constantFrom(...fields), condition, { minKeys: 1, maxKeys: 2 }),
  fc.dictionary(fc.constantFrom('a.b', 'ts.c'), comparison, { minKeys: 1, maxKeys: 1 }),
);
const { filter } = fc.letrec<{ filter: Document }>(tie => ({
  filter: fc.oneof(
    { maxDepth: 2 },
    onFields,
    fc.record({ _id: fc.record({ $gte: fc.nat({ max: 8 }) }) }),
    fc.array(tie('filter'), { minLength: 1, maxLength: 2 }).map($and => ({ $and })),
    fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map($or => ({ $or })),
    fc.array(tie('filter'), { minLength: 1, maxLength: 2 }).map($nor => ({ $nor })),
  ),
}));

describe(`queries on ${REACHED_MONGO}`, { timeout: 30_000 }, () => {
  it('find what an independent implementation finds, over every access path', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(stored, { minLength: 1, maxLength: 8 }),
        fc.array(filter, { minLength: 1, maxLength: 8 }),
        async (bodies, filters) => {
          await documents.drop();
          const all = bodies.map((body, index) => ({ ...body, _id: index }));
          await documents.insertMany(all);
          for (const query of filters) {
            const found = await documents
              .find(query)
              .map(({ _id }) => _id)
              .toArray();
            const test = new Query(query);
            const expected = all.filter(document => test.test(document)).map(({ _id }) => _id);
            expect({ query, found: found.sort((a, b) => a - b) }).toEqual({ query, found: expected });
          }
        },
      ),
      { numRuns: 120 },
    );
  });

  it('come in the same order whether an index or a sort in memory makes it', async () => {
    const order = fc.constantFrom<1 | -1>(1, -1);
    await fc.assert(
      fc.asyncProperty(
        fc.array(scalar, { maxLength: 30 }),
        fc.constantFrom('ts', '_updatedAt'),
        fc.record({
          order,
          limit: fc.nat({ max: 10 }),
          skip: fc.nat({ max: 3 }),
          batchSize: fc.integer({ min: 1, max: 4 }),
        }),
        async (values, keyed, { order, ...options }) => {
          await documents.drop();
          if (values.length > 0)
            await documents.insertMany(values.map((value, _id) => ({ _id, a: value, [keyed]: value })));
          const sorted = (field: string) =>
            documents
              .find({}, { ...options, sort: { [field]: order, _id: order } })
              .map(({ _id }) => _id)
              .toArray();
          expect(await sorted(keyed)).toEqual(await sorted('a'));
        },
      ),
      { numRuns: 60 },
    );
  });
});
