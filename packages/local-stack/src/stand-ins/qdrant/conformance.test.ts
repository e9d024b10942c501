import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { StandInServer } from '../stand-in-server.ts';
import { findDifference } from './find-difference.ts';
import { startQdrant } from './start-qdrant.ts';

/**
 * Everything a real server answered when it was asked, asked again. Runs against the stand-in, or against a real Qdrant
 * when `QDRANT_URL`, `QDRANT_API_KEY` and `QDRANT_READ_ONLY_API_KEY` name an empty one.
 */
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

const real = process.env.QDRANT_URL;
const keys = {
  full: process.env.QDRANT_API_KEY ?? 'full-key',
  'read-only': process.env.QDRANT_READ_ONLY_API_KEY ?? 'read-only-key',
};

describe(`${real === undefined ? 'The stand-in' : 'The server'} answers like ${recording.recordedFrom}`, () => {
  let standIn: StandInServer | undefined;
  let url = real ?? '';

  beforeAll(async () => {
    if (real !== undefined) return;
    standIn = await startQdrant({ port: 0, apiKey: keys.full, readOnlyApiKey: keys['read-only'] });
    url = standIn.url;
  });
  afterAll(() => standIn?.close());

  async function ask({ key, method, path, body, rawBody }: Exchange): Promise<Response> {
    const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    return fetch(`${url}${path}`, {
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
