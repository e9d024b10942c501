import { ensureCollection } from '@innkeeper/shared/adapters/qdrant/ensure-collection';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { qdrantQueries } from '@innkeeper/shared/adapters/qdrant/qdrant-queries';
import { qdrantVectorReader } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-reader';
import { qdrantVectorWriter } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-writer';
import { Secret } from '@innkeeper/shared/config/secret';
import { pointIndexes } from '@innkeeper/shared/contracts/point-payload';
import type { VectorStoreError } from '@innkeeper/shared/ports/vector-store';
import { buildPayload } from '@innkeeper/shared/testing/build-point';
import { CONTRACT_DIMENSIONS, describeVectorStoreContract } from '@innkeeper/shared/testing/vector-store-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REACHED_QDRANT, type ReachedQdrant, reachQdrant } from '../../testing/reach-qdrant.ts';

/** What needs a server that fails when told is in `qdrant-outages.test.ts`. */
let qdrant: ReachedQdrant;
beforeAll(async () => {
  qdrant = await reachQdrant();
});
afterAll(() => qdrant.close());

const connect = (apiKey = qdrant.apiKey) => qdrantClient({ url: qdrant.url, apiKey: new Secret(apiKey) });
/** As the Worker reads: without the official client. */
const queries = (apiKey: string) =>
  qdrantQueries({ fetch, url: qdrant.url, apiKey: new Secret(apiKey), timeoutMs: 5_000 });
const named = (name: string): string => `${qdrant.prefix}-${name}`;
const wanted = (name: string, dimensions = CONTRACT_DIMENSIONS) => ({
  client: connect(),
  alias: named(name),
  model: 'Test/Model v1',
  dimensions,
});

let stores = 0;
const emptyCollection = async (): Promise<string> => {
  stores += 1;
  const ensured = await ensureCollection(wanted(`contract-${stores}`));
  if (!ensured.ok) throw new Error(ensured.error.detail);
  return named(`contract-${stores}`);
};
describeVectorStoreContract(`the adapter on ${REACHED_QDRANT}`, async () =>
  qdrantVectorWriter({ client: connect(), collection: await emptyCollection() }),
);
describeVectorStoreContract(`the adapter that reads without the client on ${REACHED_QDRANT}`, async () => {
  const collection = await emptyCollection();
  return {
    ...qdrantVectorWriter({ client: connect(), collection }),
    ...qdrantVectorReader({ client: queries(qdrant.readOnlyApiKey), collection }),
  };
});

describe(`ensureCollection on ${REACHED_QDRANT}`, () => {
  it('creates collection, vectors, payload indexes and alias, and does it once', async () => {
    const client = connect();
    expect(await ensureCollection(wanted('once'))).toEqual({ ok: true, value: `${named('once')}_test-model-v1_4` });
    expect(await ensureCollection(wanted('once'))).toEqual({ ok: true, value: `${named('once')}_test-model-v1_4` });
    const { config, payload_schema: schema } = await client.getCollection(named('once'));
    expect(config.params.vectors).toEqual({ dense: { size: 4, distance: 'Cosine' } });
    expect(config.params.sparse_vectors).toEqual({ bm25: { modifier: 'idf' } });
    expect(Object.fromEntries(Object.keys(schema).map(field => [field, schema[field]?.data_type]))).toEqual(
      pointIndexes,
    );
  });

  it('creates one that refuses filters and deletes by a field without an index, as at Qdrant Cloud', async () => {
    await ensureCollection(wanted('strict'));
    const filter = { must: [{ key: 'title', match: { value: 'Casa Azul' } }] };
    await expect(connect().scroll(named('strict'), { filter })).rejects.toMatchObject({ status: 400 });
    await expect(connect().delete(named('strict'), { filter })).rejects.toMatchObject({ status: 400 });
  });

  it('may run in many processes at once', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => ensureCollection(wanted('race'))));
    expect(new Set(all.map(result => JSON.stringify(result)))).toEqual(
      new Set([JSON.stringify({ ok: true, value: `${named('race')}_test-model-v1_4` })]),
    );
  });

  it('refuses a collection of another vector size and leaves it alone', async () => {
    const client = connect();
    await client.createCollection(`${named('sized')}_test-model-v1_4`, {
      vectors: { dense: { size: 8, distance: 'Cosine' } },
    });
    expect(await ensureCollection(wanted('sized'))).toEqual({
      ok: false,
      error: {
        kind: 'misconfigured',
        detail: `collection ${named('sized')}_test-model-v1_4 has vectors of size 8, the configured model gives 4`,
      },
    });
    expect((await client.getAliases()).aliases.some(({ alias_name: alias }) => alias === named('sized'))).toBe(false);
  });

  it('does not move an alias that stands on the collection of another model', async () => {
    await ensureCollection(wanted('moved', 8));
    expect(await ensureCollection(wanted('moved', 4))).toMatchObject({
      ok: false,
      error: { kind: 'misconfigured', detail: expect.stringContaining(`${named('moved')}_test-model-v1_8`) as string },
    });
  });
});

describe(`the adapter on ${REACHED_QDRANT} names`, () => {
  const point = { id: '3f5f7e0a-0000-4000-8000-000000000001', payload: buildPayload() };

  const writeError = async (collection: string, dense?: number[]): Promise<VectorStoreError | undefined> => {
    const writer = qdrantVectorWriter({ client: connect(), collection });
    const result = await writer.upsert([dense === undefined ? point : { ...point, dense }]);
    return result.ok ? undefined : result.error;
  };

  it('another vector size than the collection has', async () => {
    await ensureCollection(wanted('failing'));
    expect(await writeError(named('failing'), [1, 2])).toEqual({
      kind: 'misconfigured',
      detail: 'qdrant upsert: 400 (Wrong input), the vector size does not fit the collection',
    });
  });

  it('a payload index that is gone, until the collection is made sure of again', async () => {
    await ensureCollection(wanted('unindexed'));
    await connect().deletePayloadIndex(named('unindexed'), 'docKey', { wait: true });
    const writer = qdrantVectorWriter({ client: connect(), collection: named('unindexed') });
    const remove = () => writer.deleteWhere({ must: [{ field: 'docKey', equals: 'guesty:reservation:1' }] });
    expect(await remove()).toEqual({
      ok: false,
      error: {
        kind: 'misconfigured',
        detail: 'qdrant delete: 400 (Bad request), the collection lacks a payload index',
      },
    });
    await ensureCollection(wanted('unindexed'));
    expect(await remove()).toEqual({ ok: true });
  });

  it('a collection that is not there', async () => {
    expect(await writeError(named('nowhere'))).toEqual({
      kind: 'misconfigured',
      detail: 'qdrant upsert: 404 (Not found)',
    });
  });

  it('a key that is wrong, or may only read', async () => {
    await ensureCollection(wanted('failing'));
    const refused = qdrantVectorReader({ client: connect('no-such-key'), collection: named('failing') });
    expect(await refused.scrollAll({}, { maxPoints: 1 })).toMatchObject({ error: { kind: 'misconfigured' } });
    const reading = qdrantVectorWriter({ client: connect(qdrant.readOnlyApiKey), collection: named('failing') });
    expect(await reading.scrollAll({}, { maxPoints: 1 })).toEqual({ ok: true, value: [] });
    expect(await reading.upsert([point])).toMatchObject({ error: { kind: 'misconfigured' } });
  });

  it('a filter Qdrant cannot read, without quoting it', async () => {
    await ensureCollection(wanted('failing'));
    const reader = qdrantVectorReader({ client: connect(), collection: named('failing') });
    const filter = { must: [{ field: 'startsAt', range: { gte: 'secret words' } }] };
    expect(await reader.scrollAll(filter, { maxPoints: 1 })).toEqual({
      ok: false,
      error: { kind: 'refused', detail: 'qdrant scroll: 400 (Format error in JSON body)' },
    });
  });

  it('a key or a collection that keeps the Worker from reading', async () => {
    await ensureCollection(wanted('failing'));
    const read = async (client = queries(qdrant.readOnlyApiKey), collection = named('failing')): Promise<unknown> => {
      const found = await qdrantVectorReader({ client, collection }).scrollAll({}, { maxPoints: 1 });
      return found.ok ? found.value : found.error;
    };
    expect(await read()).toEqual([]);
    expect(await read(queries('no-such-key'))).toMatchObject({ kind: 'misconfigured' });
    expect(await read(queries(qdrant.apiKey), named('nowhere'))).toEqual({
      kind: 'misconfigured',
      detail: 'qdrant scroll: 404 (Not found)',
    });
  });

  it('a payload of another form', async () => {
    await ensureCollection(wanted('foreign'));
    await connect().upsert(named('foreign'), { points: [{ id: 1, vector: {}, payload: { v: 2 } }] });
    const reader = qdrantVectorReader({ client: connect(), collection: named('foreign') });
    expect(await reader.scrollAll({}, { maxPoints: 1 })).toMatchObject({ error: { kind: 'misconfigured' } });
  });
});
