import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandInServer } from '../stand-in-server.ts';
import { askQdrant } from './ask-qdrant.ts';
import { startQdrant } from './start-qdrant.ts';

let server: StandInServer;
beforeAll(async () => {
  server = await startQdrant({ port: 0, apiKey: 'full', readOnlyApiKey: 'reading' });
});
afterAll(() => server.close());

const statusOf = async (method: string, path: string, headers: Record<string, string>): Promise<number> =>
  (await askQdrant(server.url, method, path, method === 'GET' ? undefined : {}, headers)).status;

describe('a Qdrant with keys', () => {
  it('takes the key in either header', async () => {
    expect(await statusOf('GET', '/collections', { 'api-key': 'full' })).toBe(200);
    expect(await statusOf('GET', '/collections', { authorization: 'Bearer full' })).toBe(200);
    expect(await statusOf('GET', '/collections', { authorization: 'Basic full' })).toBe(401);
    expect(await statusOf('GET', '/collections', { 'api-key': 'fulL' })).toBe(401);
    expect(await statusOf('GET', '/collections', { 'api-key': '' })).toBe(401);
  });

  it('answers to anybody that it is there', async () => {
    expect(await statusOf('GET', '/', {})).toBe(200);
    expect(await statusOf('GET', '/healthz', {})).toBe(200);
  });

  it.each([
    ['PUT', '/collections/c'],
    ['DELETE', '/collections/c'],
    ['POST', '/collections/aliases'],
    ['PUT', '/collections/c/index'],
    ['DELETE', '/collections/c/index/kind'],
    ['PUT', '/collections/c/points'],
    ['POST', '/collections/c/points/delete'],
    ['POST', '/collections/c/points/batch'],
    ['POST', '/collections/c/points/payload'],
    ['PUT', '/collections/c/points/payload'],
    ['POST', '/collections/c/points/payload/delete'],
    ['POST', '/collections/c/points/payload/clear'],
    ['PUT', '/collections/c/points/vectors'],
    ['POST', '/collections/c/points/vectors/delete'],
  ])('forbids %s %s to the read-only key', async (method, path) => {
    expect(await statusOf(method, path, { 'api-key': 'reading' })).toBe(403);
  });

  it.each(['scroll', 'count', 'query'])('lets the read-only key %s', async verb => {
    expect(await statusOf('POST', `/collections/c/points/${verb}`, { 'api-key': 'reading' })).toBe(404);
  });
});
