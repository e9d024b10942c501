import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reservation } from './support/records.ts';
import { COLLECTION, DIMENSIONS, type Pipeline, startPipeline } from './support/start-pipeline.ts';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline.close());

const path = (id: string) => `records/guesty:reservation:${id}`;
const logLine = (event: string, about: string) =>
  eventually(
    () => pipeline.functions.logged.find(line => line.event === event && JSON.stringify(line).includes(about)),
    line => line !== undefined,
  );
const complete = (id: string) =>
  eventually(
    () => pipeline.pointsOf(`guesty:reservation:${id}`),
    points => points[0]?.dense === true && pipeline.undelivered() === 0,
  );

test('without the embedder a booking is found by fields and words; its vector follows', async () => {
  pipeline.embeddings.setFaults({ status: 503 });
  await pipeline.write(reservation('100', { guestName: 'Ines Prado', listingId: 'l1', note: 'Brings an accordion.' }));
  const [point] = await eventually(
    () => pipeline.pointsOf('guesty:reservation:100'),
    points => points.length > 0,
  );
  expect(point).toMatchObject({ dense: false, guestNames: ['Ines Prado'] });
  const byWords = await pipeline.vectors.hybridSearch({ text: 'accordion', filter: {}, limit: 5 });
  expect(byWords.ok && byWords.value.map(({ payload }) => payload.docKey)).toEqual(['guesty:reservation:100']);
  expect(await logLine('document.deferred', path('100'))).toMatchObject({ reason: 'awaiting_dense' });
  expect(pipeline.undelivered()).toBe(1);

  pipeline.embeddings.setFaults({});
  await complete('100');
  expect(await pipeline.read('indexState/guesty:reservation:100')).toMatchObject({ dense: true, model: 'hash' });
});

test('what is written while Qdrant is away is there when it is back', async () => {
  await pipeline.stopQdrant();
  await pipeline.write(reservation('200', { guestName: 'Tom Hale', listingId: 'l2' }));
  expect(await logLine('document.deferred', path('200'))).toMatchObject({ severity: 'WARNING', reason: 'unavailable' });
  await pipeline.restartQdrant();
  await complete('200');
});

test('a collection of another vector size is told with both sizes, keeps the event, and heals once it is gone', async () => {
  expect(await pipeline.askQdrant('DELETE', `/collections/${COLLECTION}`)).toBe(200);
  const vectors = { dense: { size: 8, distance: 'Cosine' } };
  const body = { vectors, sparse_vectors: { bm25: { modifier: 'idf' } } };
  expect(await pipeline.askQdrant('PUT', `/collections/${COLLECTION}`, body)).toBe(200);
  await pipeline.write(reservation('300', { guestName: 'Ana Reis', listingId: 'l3' }));

  const sizes = `has vectors of size 8, the configured model gives ${DIMENSIONS}`;
  expect(await logLine('collection.refused', sizes)).toMatchObject({ severity: 'ERROR', reason: 'misconfigured' });
  expect(pipeline.undelivered()).toBe(1);
  expect(await pipeline.read('parked/vectorize:records:guesty:reservation:300')).toBeUndefined();

  expect(await pipeline.askQdrant('DELETE', `/collections/${COLLECTION}`)).toBe(200);
  await complete('300');
});

test('kill -9 in the middle of a burst loses nothing', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => String(400 + index));
  const dense = async (): Promise<number> => {
    const found = await pipeline.vectors.scrollAll(
      {
        must: [
          { field: 'listingIds', equals: 'l4' },
          { field: 'dense', equals: true },
        ],
      },
      { maxPoints: 100 },
    );
    return found.ok ? new Set(found.value.map(({ docKey }) => docKey)).size : 0;
  };
  await pipeline.write(...ids.map(id => reservation(id, { guestName: 'Noor Haddad', listingId: 'l4' })));
  await eventually(dense, count => count > 0);
  await pipeline.functions.kill();
  await pipeline.functions.start();
  await eventually(dense, count => count === ids.length && pipeline.undelivered() === 0);
  const states = await Promise.all(ids.map(id => pipeline.read(`indexState/guesty:reservation:${id}`)));
  expect(states.filter(state => state?.['dense'] !== true)).toEqual([]);
});
