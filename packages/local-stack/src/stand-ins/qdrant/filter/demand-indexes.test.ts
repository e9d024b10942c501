import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandInServer } from '../../stand-in-server.ts';
import { askQdrant } from '../ask-qdrant.ts';
import { startQdrant } from '../start-qdrant.ts';

/** Strict mode as Qdrant Cloud sets it; which index serves what is Qdrant's `unindexed_field.rs`, 1.19. */
let server: StandInServer;
const ask = (method: string, path: string, body?: unknown) => askQdrant(server.url, method, path, body);

const strict = { enabled: true, unindexed_filtering_retrieve: false, unindexed_filtering_update: false };
const INDEXES = { name: 'keyword', age: 'integer', at: 'datetime', done: 'bool', 'stays[].day': 'datetime' };

beforeAll(async () => {
  server = await startQdrant({ port: 0 });
  const vectors = { dense: { size: 2, distance: 'Dot' } };
  await ask('PUT', '/collections/strict', { vectors, strict_mode_config: strict });
  await ask('PUT', '/collections/off', { vectors, strict_mode_config: { ...strict, enabled: false } });
  for (const [field_name, field_schema] of Object.entries(INDEXES)) {
    await ask('PUT', '/collections/strict/index', { field_name, field_schema });
  }
});
afterAll(() => server.close());

const scroll = (filter: unknown, collection = 'strict') =>
  ask('POST', `/collections/${collection}/points/scroll`, { filter });
const refusalOf = (key: string, types: string) => ({
  status: 400,
  answer: {
    status: {
      error:
        `Bad request: Index required but not found for "${key}" of one of the following types: [${types}]. ` +
        'Help: Create an index for this key or use a different filter.',
    },
  },
});

describe('strict mode', () => {
  it.each([
    ['name', { match: { value: 'x' } }],
    ['name', { match: { any: ['x', 'y'] } }],
    ['age', { match: { value: 1 } }],
    ['age', { range: { gte: 1 } }],
    ['at', { range: { gte: '2026-11-21' } }],
    ['at', { is_empty: true }],
    ['done', { match: { value: true } }],
    ['unknown', { match: { any: [] } }],
  ])('takes a condition on %s that its index serves: %j', async (key, condition) => {
    expect(await scroll({ must: [{ key, ...condition }] })).toMatchObject({ status: 200 });
  });

  it.each([
    ['unknown', { match: { value: 'x' } }, 'keyword'],
    ['unknown', { range: { lt: 3 } }, 'float, integer'],
    ['unknown', { is_empty: true }, 'bool, datetime, float, geo, integer, keyword, text, uuid'],
    ['age', { match: { value: '1' } }, 'keyword'],
    ['name', { range: { gte: '2026-11-21' } }, 'datetime'],
    ['name', { match: { text: 'x' } }, 'text'],
  ])('refuses one on %s that no index serves: %j', async (key, condition, types) => {
    const conditions = [{ key, ...condition }];
    expect(await scroll({ must: conditions })).toMatchObject(refusalOf(key, types));
    expect(await scroll({ should: [{ must_not: conditions }] })).toMatchObject(refusalOf(key, types));
    expect(await scroll({ must: conditions }, 'off')).toMatchObject({ status: 200 });
  });

  it('looks for a nested condition under the name of the array', async () => {
    const nested = (day: string) => ({
      must: [{ nested: { key: 'stays', filter: { must: [{ key: day, range: { gte: '2026-11-21' } }] } } }],
    });
    expect(await scroll(nested('day'))).toMatchObject({ status: 200 });
    expect(await scroll(nested('night'))).toMatchObject(refusalOf('stays[].night', 'datetime'));
  });

  it('holds for whatever takes a filter, and for what groups', async () => {
    const filter = { must: [{ key: 'unknown', match: { value: 'x' } }] };
    const refusal = refusalOf('unknown', 'keyword');
    const points = '/collections/strict/points';
    const query = { query: [1, 0], using: 'dense' };
    expect(await ask('POST', `${points}/query`, { ...query, filter })).toMatchObject(refusal);
    expect(await ask('POST', `${points}/query`, { ...query, prefetch: [{ ...query, filter }] })).toMatchObject(refusal);
    expect(await ask('POST', `${points}/query/groups`, { ...query, group_by: 'unknown' })).toMatchObject({
      status: 400,
    });
    expect(await ask('POST', `${points}/query/groups`, { ...query, group_by: 'name' })).toMatchObject({ status: 200 });
    expect(await ask('POST', `${points}/count`, { filter })).toMatchObject(refusal);
    expect(await ask('POST', '/collections/strict/facet', { key: 'name', filter })).toMatchObject(refusal);
    expect(await ask('POST', `${points}/delete`, { filter })).toMatchObject(refusal);
    expect(await ask('POST', `${points}/payload`, { payload: {}, filter })).toMatchObject(refusal);
  });
});
