import { readFileSync } from 'node:fs';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { Secret } from '@innkeeper/shared/config/secret';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { deleteCollections, REACHED_QDRANT, type ReachedQdrant, reachQdrant } from '../../testing/reach-qdrant.ts';
import { findDifference } from './find-difference.ts';

/** Everything a real server answered when it was asked, asked again, on a server that has nothing in it yet. */
const Recording = z.object({
  recordedFrom: z.string(),
  cases: z.array(
    z.object({
      name: z.string(),
      key: z.enum(['none', 'full', 'read-only']),
      method: z.string(),
      path: z.string(),
      body: z.unknown().optional(),
      /** Sent as it stands, where a JSON value could not express it. */
      rawBody: z.string().optional(),
      status: z.int(),
      contentType: z.string().nullable(),
      answer: z.unknown(),
    }),
  ),
});
type Exchange = z.infer<typeof Recording>['cases'][number];

const recording = Recording.parse(
  JSON.parse(readFileSync(new URL('__fixtures__/qdrant-1.18.3.json', import.meta.url), 'utf8')),
);

let qdrant: ReachedQdrant;
/** What somebody else has there must neither be asked nor be deleted. */
let isOurs = false;
beforeAll(async () => {
  qdrant = await reachQdrant();
  const client = qdrantClient({ url: qdrant.url, apiKey: new Secret(qdrant.apiKey) });
  isOurs = (await client.getCollections()).collections.length === 0;
  if (!isOurs) throw new Error('the exchanges were recorded on a Qdrant without any collection, and this one has some');
});
afterAll(async () => {
  if (isOurs) await deleteCollections(qdrant.url, qdrant.apiKey, 'records');
  await qdrant.close();
});

describe(`${REACHED_QDRANT} answers like ${recording.recordedFrom}`, () => {
  async function ask({ key, method, path, body, rawBody }: Exchange): Promise<Response> {
    const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const keys = { full: qdrant.apiKey, 'read-only': qdrant.readOnlyApiKey };
    return fetch(`${qdrant.url}${path}`, {
      method,
      headers: {
        ...(key === 'none' ? {} : { 'api-key': keys[key] }),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(text === undefined ? {} : { body: text }),
    });
  }

  // The exchanges build on each other, so they keep their order and none can be left out.
  it.each(recording.cases.map((exchange, at) => [at, exchange.name, exchange] as const))(
    'exchange %i: %s',
    async (_at, _name, exchange) => {
      const response = await ask(exchange);
      const text = await response.text();
      const answer: unknown = response.headers.get('content-type') === 'application/json' ? JSON.parse(text) : text;
      const got = { status: response.status, contentType: response.headers.get('content-type'), answer };
      const expected = { status: exchange.status, contentType: exchange.contentType, answer: exchange.answer };
      const { limit } = z.object({ limit: z.int().optional() }).catch({}).parse(exchange.body);
      expect(findDifference(expected, got, limit)).toBeUndefined();
    },
  );

  it('is the whole recording', () => {
    expect(recording.cases).toHaveLength(120);
  });
});
