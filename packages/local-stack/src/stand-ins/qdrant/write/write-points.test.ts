import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StandInServer } from '../../stand-in-server.ts';
import { askQdrant } from '../ask-qdrant.ts';
import { startQdrant } from '../start-qdrant.ts';

/** Writes that the recorded exchanges do not show. */
let server: StandInServer;
beforeAll(async () => {
  server = await startQdrant({ port: 0 });
});
afterAll(() => server.close());

const ask = (method: string, path: string, body?: unknown) => askQdrant(server.url, method, path, body);
const put = (body: unknown) => ask('PUT', '/collections/c/points', body);
const everything = async (): Promise<unknown> => {
  const { answer } = await ask('POST', '/collections/c/points/scroll', { with_payload: true, with_vector: true });
  return (answer as { result: { points: unknown } }).result.points;
};

beforeEach(async () => {
  await ask('DELETE', '/collections/c');
  await ask('PUT', '/collections/c', { vectors: { v: { size: 2, distance: 'Dot' } }, sparse_vectors: { s: {} } });
});

describe('an upsert', () => {
  it('takes points column by column', async () => {
    const batch = {
      ids: [1, 2],
      vectors: {
        v: [
          [1, 2],
          [3, 4],
        ],
      },
      payloads: [{ at: 'one' }, null],
    };
    expect(await put({ batch })).toMatchObject({ status: 200 });
    expect(await everything()).toEqual([
      { id: 1, payload: { at: 'one' }, vector: { v: [1, 2] } },
      { id: 2, payload: {}, vector: { v: [3, 4] } },
    ]);
    expect(await put({ batch: { ids: [1, 2], vectors: { v: [[1, 2]] } } })).toMatchObject({ status: 422 });
  });

  it('replaces the whole point, vectors and payload', async () => {
    await put({ points: [{ id: 1, vector: { v: [1, 2] }, payload: { a: 1 } }] });
    await put({ points: [{ id: 1, vector: { s: { indices: [7, 3], values: [0.5, 1] } }, payload: { b: 2 } }] });
    expect(await everything()).toEqual([
      { id: 1, payload: { b: 2 }, vector: { s: { indices: [3, 7], values: [1, 0.5] } } },
    ]);
  });

  it('may be told only to insert', async () => {
    await put({ points: [{ id: 1, vector: {}, payload: { a: 1 } }] });
    const points = [1, 2].map(id => ({ id, vector: {}, payload: { a: 2 } }));
    await put({ points, update_mode: 'insert_only' });
    expect(await everything()).toMatchObject([
      { id: 1, payload: { a: 1 } },
      { id: 2, payload: { a: 2 } },
    ]);
  });

  it('writes nothing at all when one of its points is wrong', async () => {
    const points = [
      { id: 1, vector: { v: [1, 2] } },
      { id: 2, vector: { v: [1] } },
    ];
    expect(await put({ points })).toMatchObject({ status: 400 });
    expect(await everything()).toEqual([]);
  });

  it.each([
    ['a sparse vector under a dense name', { v: { indices: [1], values: [1] } }, 400],
    ['a dense vector under a sparse name', { s: [1, 2] }, 400],
    ['a term twice', { s: { indices: [1, 1], values: [1, 2] } }, 422],
    ['more terms than values', { s: { indices: [1, 2], values: [1] } }, 422],
  ])('refuses %s', async (_name, vector, status) => {
    expect(await put({ points: [{ id: 1, vector }] })).toMatchObject({ status });
  });

  it('knows a UUID in any of its forms', async () => {
    const hyphenated = '0e991dc9-0757-52de-86e1-25bfde01721f';
    for (const id of [hyphenated, hyphenated.replaceAll('-', ''), `urn:uuid:${hyphenated.toUpperCase()}`]) {
      await put({ points: [{ id, vector: {} }] });
    }
    expect(await everything()).toMatchObject([{ id: hyphenated }]);
  });
});

describe('a change of points that exist', () => {
  beforeEach(async () => {
    await put({ points: [1, 2].map(id => ({ id, vector: { v: [id, id] }, payload: { id, kind: 'call' } })) });
  });

  it('updates only vectors of points that the guard lets through', async () => {
    const points = [1, 2].map(id => ({ id, vector: { v: [9, 9] } }));
    await ask('PUT', '/collections/c/points/vectors', {
      points,
      update_filter: { must: [{ key: 'id', match: { value: 2 } }] },
    });
    expect(await everything()).toMatchObject([{ vector: { v: [1, 1] } }, { vector: { v: [9, 9] } }]);
  });

  it('clears payload and keeps vectors', async () => {
    await ask('POST', '/collections/c/points/payload/clear', { points: [1] });
    expect(await everything()).toEqual([
      { id: 1, payload: {}, vector: { v: [1, 1] } },
      { id: 2, payload: { id: 2, kind: 'call' }, vector: { v: [2, 2] } },
    ]);
  });

  it.each([
    ['PUT', 'vectors', { points: [{ id: 3, vector: { v: [1, 1] } }] }],
    ['POST', 'payload', { points: [3], payload: {} }],
  ])('%s %s says when there is no such point', async (method, path, body) => {
    expect(await ask(method, `/collections/c/points/${path}`, body)).toMatchObject({ status: 404 });
  });

  it('keeps what an ordered batch did before one of its operations was refused', async () => {
    const operations = [
      { delete: { points: [1] } },
      { upsert: { points: [{ id: 3, vector: { nope: [1, 1] } }] } },
      { delete: { points: [2] } },
    ];
    expect(await ask('POST', '/collections/c/points/batch', { operations })).toMatchObject({ status: 400 });
    expect(await everything()).toMatchObject([{ id: 2 }]);
  });
});

describe('aliases and indexes', () => {
  it('renames an alias, and all of a list of actions or none', async () => {
    const create = { create_alias: { collection_name: 'c', alias_name: 'a' } };
    const rename = { rename_alias: { old_alias_name: 'a', new_alias_name: 'b' } };
    const toNowhere = { create_alias: { collection_name: 'nowhere', alias_name: 'z' } };
    await ask('POST', '/collections/aliases', { actions: [create, rename] });
    expect(
      await ask('POST', '/collections/aliases', { actions: [{ delete_alias: { alias_name: 'b' } }, toNowhere] }),
    ).toMatchObject({ status: 404 });
    expect(await ask('GET', '/aliases')).toMatchObject({
      answer: { result: { aliases: [{ alias_name: 'b', collection_name: 'c' }] } },
    });
    expect(await ask('PUT', '/collections/b', {})).toMatchObject({ status: 400 });
  });

  it('forgets an index that is deleted', async () => {
    await ask('PUT', '/collections/c/index', { field_name: 'kind', field_schema: 'keyword' });
    expect(await ask('POST', '/collections/c/facet', { key: 'kind' })).toMatchObject({ status: 200 });
    await ask('DELETE', '/collections/c/index/kind');
    expect(await ask('POST', '/collections/c/facet', { key: 'kind' })).toMatchObject({ status: 400 });
  });
});
