import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandInServer } from '../stand-in-server.ts';
import { askQdrant } from './ask-qdrant.ts';
import { startQdrant } from './start-qdrant.ts';

interface Spec {
  readonly source: Record<string, string>;
  readonly operations: readonly { operationId: string; method: string; path: string; body?: string }[];
}
const spec = JSON.parse(readFileSync(new URL('../../../specs/qdrant-1.19.json', import.meta.url), 'utf8')) as Spec;

let server: StandInServer;
beforeAll(async () => {
  server = await startQdrant({ port: 0 });
});
afterAll(() => server.close());

describe('the published API, reduced', () => {
  it('says where it comes from', () => {
    expect(spec.source).toMatchObject({
      version: 'v1.19.x',
      licence: 'Apache 2.0',
      commit: expect.any(String) as string,
    });
  });

  it.each(spec.operations)('$operationId is answered', async ({ method, path }) => {
    const filled = path.replace('{collection_name}', 'absent').replace('{id}', '1').replace('{field_name}', 'kind');
    const response = await fetch(`${server.url}${filled}`, { method, ...(method === 'GET' ? {} : { body: '{}' }) });
    expect(response.status).not.toBe(501);
    expect(response.status).not.toBe(405);
    await response.text();
  });
});

describe('a body of another form', () => {
  it.each([
    ['PUT', '/collections/x', { vectors: { dense: { size: 0, distance: 'Cosine' } } }, 422],
    ['PUT', '/collections/x', { vectors: { dense: { size: 'four', distance: 'Cosine' } } }, 400],
    ['POST', '/collections/x/points/scroll', { limit: 0 }, 422],
    ['POST', '/collections/x/points/scroll', { limit: 'ten' }, 400],
    ['POST', '/collections/x/points/query', { prefetch: [{ limit: 0 }] }, 422],
    ['POST', '/collections/x/points/count', { filter: { must: [{ nothing: 1 }] } }, 400],
    ['POST', '/collections/x/points/delete', { points: [-1] }, 400],
    ['POST', '/collections/x/points/scroll', '[]', 400],
    ['POST', '/collections/x/points/scroll', 'null', 400],
    ['POST', '/collections/x/points/scroll', '', 400],
    ['POST', '/collections/x/points/scroll', '{"limit": 1', 400],
  ])('%s %s %j is refused before anything is looked up', async (method, path, body, status) => {
    expect(await askQdrant(server.url, method, path, body)).toMatchObject({
      status,
      answer: { status: { error: expect.stringMatching(/^(?:Format|Validation) error in JSON body:/u) as string } },
    });
  });
});
