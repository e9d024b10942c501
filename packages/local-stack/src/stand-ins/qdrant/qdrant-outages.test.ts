import { ensureCollection } from '@innkeeper/shared/adapters/qdrant/ensure-collection';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { qdrantQueries } from '@innkeeper/shared/adapters/qdrant/qdrant-queries';
import { qdrantVectorReader } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-reader';
import { qdrantVectorWriter } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-writer';
import { Secret } from '@innkeeper/shared/config/secret';
import type { VectorStoreError } from '@innkeeper/shared/ports/vector-store';
import { buildPayload } from '@innkeeper/shared/testing/build-point';
import { CONTRACT_DIMENSIONS } from '@innkeeper/shared/testing/vector-store-contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StandInServer } from '../stand-in-server.ts';
import { startQdrant } from './start-qdrant.ts';

/** Only the stand-in fails when told. */
let standIn: StandInServer;
beforeAll(async () => {
  standIn = await startQdrant({ port: 0, apiKey: 'full-key', readOnlyApiKey: 'read-only-key' });
  const client = connect();
  await ensureCollection({ client, alias: 'failing', model: 'Test/Model v1', dimensions: CONTRACT_DIMENSIONS });
});
afterEach(() => standIn.setFaults({}));
afterAll(() => standIn.close());

const connect = () => qdrantClient({ url: standIn.url, apiKey: new Secret('full-key') });
/** As the Worker reads: without the official client. */
const queries = (apiKey: string, timeoutMs = 1000) =>
  qdrantQueries({ fetch, url: standIn.url, apiKey: new Secret(apiKey), timeoutMs });

describe('the Qdrant adapter names every outage', () => {
  const point = { id: '3f5f7e0a-0000-4000-8000-000000000001', payload: buildPayload() };
  const writeError = async (): Promise<VectorStoreError | undefined> => {
    const result = await qdrantVectorWriter({ client: connect(), collection: 'failing' }).upsert([point]);
    return result.ok ? undefined : result.error;
  };

  it('a rate limit, with the pause it asks for', async () => {
    standIn.setFaults({ status: 429, headers: { 'retry-after': '2' } });
    expect(await writeError()).toEqual({
      kind: 'unavailable',
      detail: 'qdrant upsert: 429',
      retryAfterMs: 2000,
    });
    standIn.setFaults({ status: 429 });
    expect(await writeError()).toEqual({ kind: 'unavailable', detail: 'qdrant upsert: 429' });
  });

  it('a server that errs, answers HTML, hangs up or is not there', async () => {
    standIn.setFaults({ status: 503, body: '<html>secret words</html>' });
    expect(await writeError()).toEqual({ kind: 'unavailable', detail: 'qdrant upsert: 503' });
    standIn.setFaults({ cut: true });
    expect(await writeError()).toMatchObject({ kind: 'unavailable' });
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
    const read = async (client = queries('read-only-key')): Promise<unknown> => {
      const found = await qdrantVectorReader({ client, collection: 'failing' }).scrollAll({}, { maxPoints: 1 });
      return found.ok ? found.value : found.error;
    };
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
});
