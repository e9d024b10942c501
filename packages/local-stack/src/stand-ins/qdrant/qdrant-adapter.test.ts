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
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StandInServer } from '../stand-in-server.ts';
import { startQdrant } from './start-qdrant.ts';

let standIn: StandInServer;
beforeAll(async () => {
  standIn = await startQdrant({ port: 0, apiKey: 'full-key', readOnlyApiKey: 'read-only-key' });
});
afterAll(() => standIn.close());

const connect = (apiKey: string) => qdrantClient({ url: standIn.url, apiKey: new Secret(apiKey) });
/** As the Worker reads: without the official client. */
const queries = (apiKey: string, timeoutMs = 1000) =>
  qdrantQueries({ fetch, url: standIn.url, apiKey: new Secret(apiKey), timeoutMs });
const wanted = (alias: string, dimensions = CONTRACT_DIMENSIONS) => ({
  client: connect('full-key'),
  alias,
  model: 'Test/Model v1',
  dimensions,
});

let stores = 0;
const emptyCollection = async (): Promise<string> => {
  stores += 1;
  const ensured = await ensureCollection(wanted(`contract-${stores}`));
  if (!ensured.ok) throw new Error(ensured.error.detail);
  return `contract-${stores}`;
};
describeVectorStoreContract('the Qdrant adapter', async () =>
  qdrantVectorWriter({ client: connect('full-key'), collection: await emptyCollection() }),
);
describeVectorStoreContract('the Qdrant adapter that reads without the client', async () => {
  const collection = await emptyCollection();
  return {
    ...qdrantVectorWriter({ client: connect('full-key'), collection }),
    ...qdrantVectorReader({ client: queries('read-only-key'), collection }),
  };
});

describe('ensureCollection', () => {
  it('creates collection, vectors, payload indexes and alias, and does it once', async () => {
    const client = connect('full-key');
    expect(await ensureCollection(wanted('once'))).toEqual({ ok: true, value: 'once_test-model-v1_4' });
    expect(await ensureCollection(wanted('once'))).toEqual({ ok: true, value: 'once_test-model-v1_4' });
    const { config, payload_schema: schema } = await client.getCollection('once');
    expect(config.params.vectors).toEqual({ dense: { size: 4, distance: 'Cosine' } });
    expect(config.params.sparse_vectors).toEqual({ bm25: { modifier: 'idf' } });
    expect(Object.fromEntries(Object.keys(schema).map(field => [field, schema[field]?.data_type]))).toEqual(
      pointIndexes,
    );
  });

  it('may run in many processes at once', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => ensureCollection(wanted('race'))));
    expect(new Set(all.map(result => JSON.stringify(result)))).toEqual(
      new Set([JSON.stringify({ ok: true, value: 'race_test-model-v1_4' })]),
    );
  });

  it('refuses a collection of another vector size and leaves it alone', async () => {
    const client = connect('full-key');
    await client.createCollection('sized_test-model-v1_4', { vectors: { dense: { size: 8, distance: 'Cosine' } } });
    expect(await ensureCollection(wanted('sized'))).toEqual({
      ok: false,
      error: {
        kind: 'misconfigured',
        detail: 'collection sized_test-model-v1_4 has vectors of size 8, the configured model gives 4',
      },
    });
    expect((await client.getAliases()).aliases.some(({ alias_name: alias }) => alias === 'sized')).toBe(false);
  });

  it('does not move an alias that stands on the collection of another model', async () => {
    await ensureCollection(wanted('moved', 8));
    expect(await ensureCollection(wanted('moved', 4))).toMatchObject({
      ok: false,
      error: { kind: 'misconfigured', detail: expect.stringContaining('moved_test-model-v1_8') as string },
    });
  });
});

describe('the Qdrant adapter names every failure', () => {
  const point = { id: '3f5f7e0a-0000-4000-8000-000000000001', payload: buildPayload() };
  afterEach(() => standIn.setFaults({}));

  const writeError = async (collection: string, dense?: number[]): Promise<VectorStoreError | undefined> => {
    const writer = qdrantVectorWriter({ client: connect('full-key'), collection });
    const result = await writer.upsert([dense === undefined ? point : { ...point, dense }]);
    return result.ok ? undefined : result.error;
  };

  it('another vector size than the collection has', async () => {
    await ensureCollection(wanted('failing'));
    expect(await writeError('failing', [1, 2])).toEqual({
      kind: 'misconfigured',
      detail: 'qdrant upsert: 400 (Wrong input), the vector size does not fit the collection',
    });
  });

  it('a collection that is not there', async () => {
    expect(await writeError('nowhere')).toEqual({ kind: 'misconfigured', detail: 'qdrant upsert: 404 (Not found)' });
  });

  it('a key that is wrong, or may only read', async () => {
    await ensureCollection(wanted('failing'));
    const refused = qdrantVectorReader({ client: connect('no-such-key'), collection: 'failing' });
    expect(await refused.scrollAll({}, { maxPoints: 1 })).toMatchObject({ error: { kind: 'misconfigured' } });
    const reading = qdrantVectorWriter({ client: connect('read-only-key'), collection: 'failing' });
    expect(await reading.scrollAll({}, { maxPoints: 1 })).toEqual({ ok: true, value: [] });
    expect(await reading.upsert([point])).toMatchObject({ error: { kind: 'misconfigured' } });
  });

  it('a filter Qdrant cannot read, without quoting it', async () => {
    await ensureCollection(wanted('failing'));
    const reader = qdrantVectorReader({ client: connect('full-key'), collection: 'failing' });
    const filter = { must: [{ field: 'startsAt', range: { gte: 'secret words' } }] };
    expect(await reader.scrollAll(filter, { maxPoints: 1 })).toEqual({
      ok: false,
      error: { kind: 'refused', detail: 'qdrant scroll: 400 (Format error in JSON body)' },
    });
  });

  it('a rate limit, with the pause it asks for', async () => {
    standIn.setFaults({ status: 429, headers: { 'retry-after': '2' } });
    expect(await writeError('failing')).toEqual({
      kind: 'unavailable',
      detail: 'qdrant upsert: 429',
      retryAfterMs: 2000,
    });
    standIn.setFaults({ status: 429 });
    expect(await writeError('failing')).toEqual({ kind: 'unavailable', detail: 'qdrant upsert: 429' });
  });

  it('a server that errs, answers HTML, hangs up or is not there', async () => {
    standIn.setFaults({ status: 503, body: '<html>secret words</html>' });
    expect(await writeError('failing')).toEqual({ kind: 'unavailable', detail: 'qdrant upsert: 503' });
    standIn.setFaults({ cut: true });
    expect(await writeError('failing')).toMatchObject({ kind: 'unavailable' });
    const nobody = qdrantVectorReader({ client: qdrantClient({ url: 'http://127.0.0.1:1' }), collection: 'failing' });
    expect(await nobody.scrollAll({}, { maxPoints: 1 })).toMatchObject({ error: { kind: 'unavailable' } });
  });

  it('a server that does not answer in time', async () => {
    standIn.setFaults({ delayMs: 200, times: 1 });
    const client = qdrantClient({ url: standIn.url, apiKey: new Secret('full-key'), timeoutMs: 20 });
    const reader = qdrantVectorReader({ client, collection: 'failing' });
    expect(await reader.scrollAll({}, { maxPoints: 1 })).toMatchObject({ error: { kind: 'unavailable' } });
  });

  it('whatever keeps the Worker from reading', async () => {
    await ensureCollection(wanted('failing'));
    const read = async (client = queries('read-only-key'), collection = 'failing'): Promise<unknown> => {
      const found = await qdrantVectorReader({ client, collection }).scrollAll({}, { maxPoints: 1 });
      return found.ok ? found.value : found.error;
    };
    expect(await read()).toEqual([]);
    expect(await read(queries('no-such-key'))).toMatchObject({ kind: 'misconfigured' });
    expect(await read(queries('full-key'), 'nowhere')).toEqual({
      kind: 'misconfigured',
      detail: 'qdrant scroll: 404 (Not found)',
    });
    standIn.setFaults({ status: 429, headers: { 'retry-after': '12' } });
    expect(await read()).toEqual({ kind: 'unavailable', detail: 'qdrant scroll: 429', retryAfterMs: 12_000 });
    standIn.setFaults({ status: 503, body: '<html>secret words</html>' });
    expect(await read()).toEqual({ kind: 'unavailable', detail: 'qdrant scroll: 503' });
    standIn.setFaults({ status: 200, body: '{"result":{}}' });
    expect(await read()).toEqual({
      kind: 'unavailable',
      detail: 'qdrant scroll: no usable answer (unexpected answer)',
    });
    standIn.setFaults({ cut: true });
    expect(await read()).toEqual({ kind: 'unavailable', detail: 'qdrant scroll: no usable answer (unreachable)' });
    standIn.setFaults({ delayMs: 200, times: 1 });
    expect(await read(queries('full-key', 20))).toEqual({
      kind: 'unavailable',
      detail: 'qdrant scroll: no usable answer (timeout)',
    });
  });

  it('a payload of another form', async () => {
    await ensureCollection(wanted('foreign'));
    await connect('full-key').upsert('foreign', { points: [{ id: 1, vector: {}, payload: { v: 2 } }] });
    const reader = qdrantVectorReader({ client: connect('full-key'), collection: 'foreign' });
    expect(await reader.scrollAll({}, { maxPoints: 1 })).toMatchObject({ error: { kind: 'misconfigured' } });
  });
});
