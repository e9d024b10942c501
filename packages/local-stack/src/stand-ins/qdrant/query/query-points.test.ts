import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandInServer } from '../../stand-in-server.ts';
import { askQdrant } from '../ask-qdrant.ts';
import { startQdrant } from '../start-qdrant.ts';

/** Reads that the recorded exchanges do not show. */
let server: StandInServer;
const ask = (method: string, path: string, body?: unknown) => askQdrant(server.url, method, path, body);

beforeAll(async () => {
  server = await startQdrant({ port: 0 });
  await ask('PUT', '/collections/c', {
    vectors: {
      dot: { size: 2, distance: 'Dot' },
      euclid: { size: 2, distance: 'Euclid' },
      city: { size: 2, distance: 'Manhattan' },
    },
    sparse_vectors: { plain: {} },
  });
  await ask('PUT', '/collections/c/index', { field_name: 'at', field_schema: 'datetime' });
  const points = [
    {
      id: 1,
      numbers: [1, 0],
      payload: { name: 'near', age: 0, at: '2026-11-21T00:00:00Z', home: { id: 'l1', zone: 'x' } },
    },
    { id: 2, numbers: [3, 4], payload: { name: 'far', age: 10, at: '2026-11-22', home: { id: 'l2', zone: 'y' } } },
    { id: 3, numbers: [0, 2], payload: { name: 'side', age: 20 } },
  ];
  await ask('PUT', '/collections/c/points', {
    points: points.map(({ id, numbers, payload }) => ({
      id,
      payload,
      vector: { dot: numbers, euclid: numbers, city: numbers, plain: { indices: [1, id + 1], values: [1, id] } },
    })),
  });
});
afterAll(() => server.close());

const query = async (body: unknown): Promise<[unknown, number][]> => {
  const { answer } = await ask('POST', '/collections/c/points/query', body);
  const { points } = (answer as { result: { points: { id: unknown; score: number }[] } }).result;
  return points.map(({ id, score }) => [id, Number(score.toFixed(4))]);
};

describe('a query', () => {
  it('ranks by product, by distance and by city blocks, best first', async () => {
    expect(await query({ query: [1, 1], using: 'dot' })).toEqual([
      [2, 7],
      [3, 2],
      [1, 1],
    ]);
    expect(await query({ query: [0, 0], using: 'euclid' })).toEqual([
      [1, 1],
      [3, 2],
      [2, 5],
    ]);
    expect(await query({ query: [0, 0], using: 'city' })).toEqual([
      [1, 1],
      [3, 2],
      [2, 7],
    ]);
  });

  it('takes a threshold as the worst score allowed', async () => {
    expect(await query({ query: [1, 1], using: 'dot', score_threshold: 2 })).toEqual([
      [2, 7],
      [3, 2],
    ]);
    expect(await query({ query: [0, 0], using: 'euclid', score_threshold: 2 })).toEqual([
      [1, 1],
      [3, 2],
    ]);
  });

  it('weighs a sparse vector without the idf modifier as it is', async () => {
    const sparse = { indices: [1, 3], values: [1, 2] };
    expect(await query({ query: sparse, using: 'plain' })).toEqual([
      [2, 5],
      [1, 1],
      [3, 1],
    ]);
  });

  it('starts at an offset', async () => {
    expect(await query({ query: [1, 1], using: 'dot', limit: 1, offset: 1 })).toEqual([[3, 2]]);
  });

  it('rescores what a prefetch of a prefetch found', async () => {
    const innermost = { query: [0, 0], using: 'euclid', limit: 2 };
    const inner = { prefetch: innermost, query: [1, 1], using: 'dot', limit: 1 };
    expect(await query({ prefetch: inner, query: [0, 0], using: 'city' })).toEqual([[3, 2]]);
  });

  it('adds decays and conditions to a score', async () => {
    const prefetch = { query: [0, 0], using: 'euclid' };
    const decayed = (kind: string) => ({ [kind]: { x: 'age', target: 0, scale: 10, midpoint: 0.5 } });
    for (const [kind, scores] of [
      ['lin_decay', [1, 0.5, 0]],
      ['exp_decay', [1, 0.5, 0.25]],
      ['gauss_decay', [1, 0.5, 0.0625]],
    ] as const) {
      expect(await query({ prefetch, query: { formula: decayed(kind) } })).toEqual(
        scores.map((score, at) => [at + 1, score]),
      );
    }
    const boosted = { sum: ['$score', { mult: [10, { key: 'name', match: { value: 'side' } }] }] };
    expect(await query({ prefetch, query: { formula: boosted } })).toEqual([
      [3, 12],
      [2, 5],
      [1, 1],
    ]);
  });

  it('refuses a formula over a field that a point lacks', async () => {
    const body = { prefetch: { query: [0, 0], using: 'euclid' }, query: { formula: 'absent' } };
    expect(await ask('POST', '/collections/c/points/query', body)).toMatchObject({ status: 400 });
    expect(await query({ ...body, query: { formula: 'absent', defaults: { absent: 2 } } })).toHaveLength(3);
  });

  it.each([
    ['a fusion of nothing', { query: { fusion: 'rrf' } }, 400],
    ['prefetches that nothing joins', { prefetch: [{ query: [1, 1], using: 'dot' }] }, 400],
    [
      'weights for other lists',
      { prefetch: [{ query: [1, 1], using: 'dot' }], query: { rrf: { weights: [1, 2] } } },
      400,
    ],
    ['a point that is not there', { query: 99, using: 'dot' }, 404],
    [
      'a recommendation, which only the real server has',
      { query: { recommend: { positive: [1] } }, using: 'dot' },
      501,
    ],
  ])('refuses %s', async (_name, body, status) => {
    expect(await ask('POST', '/collections/c/points/query', body)).toMatchObject({ status });
  });
});

describe('a scroll', () => {
  const scroll = async (body: unknown): Promise<unknown> =>
    (await ask('POST', '/collections/c/points/scroll', body)).answer;

  it('orders by instants from a start, and leaves out points without one', async () => {
    const order = { key: 'at', start_from: '2026-11-21T12:00:00Z' };
    const values = { 1: Date.UTC(2026, 10, 21) * 1000, 2: Date.UTC(2026, 10, 22) * 1000 };
    expect(await scroll({ order_by: 'at', with_payload: false })).toMatchObject({
      result: {
        points: [
          { id: 1, order_value: values[1] },
          { id: 2, order_value: values[2] },
        ],
      },
    });
    expect(await scroll({ order_by: order, with_payload: false })).toMatchObject({ result: { points: [{ id: 2 }] } });
  });

  it('gives the fields asked for, or all but some', async () => {
    const payloadOf = async (choice: unknown): Promise<unknown> =>
      ((await scroll({ with_payload: choice, limit: 1 })) as { result: { points: { payload: unknown }[] } }).result
        .points[0]?.payload;
    expect(await payloadOf(['name', 'home.id', 'absent'])).toEqual({ name: 'near', home: { id: 'l1' } });
    expect(await payloadOf({ include: ['home'] })).toEqual({ home: { id: 'l1', zone: 'x' } });
    expect(await payloadOf({ exclude: ['at', 'age', 'home.zone'] })).toEqual({ name: 'near', home: { id: 'l1' } });
  });
});
