import { openAiCompatibleEmbedder } from '@innkeeper/shared/adapters/embeddings/openai-compatible';
import { workersAiRestEmbedder } from '@innkeeper/shared/adapters/embeddings/workers-ai-rest';
import { Secret } from '@innkeeper/shared/config/secret';
import { describeEmbedderContract } from '@innkeeper/shared/testing/embedder-contract';
import { hashVector } from '@innkeeper/shared/testing/hash-embedder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalEmbeddingModel } from '../embeddings/local-embedding-model.ts';
import { QueueFullError } from '../embeddings/text-batches.ts';
import type { RunningStandIn } from '../run-stand-in.ts';
import { startWorkersAi } from './start-workers-ai.ts';

/** In place of the real model, which the embeddings server's own tests run. */
const model: LocalEmbeddingModel = {
  name: 'hash',
  dimensions: 512,
  embed: texts => Promise.resolve(texts.map(text => hashVector(text, 512))),
};

let server: RunningStandIn;
let baseUrl: string;
beforeAll(async () => {
  server = await startWorkersAi({ port: 0, model, accountId: 'acc', apiToken: 'key' });
  baseUrl = `${server.url}/client/v4/accounts/acc/ai`;
});
afterAll(() => server.close());

const options = () => ({ fetch, baseUrl, apiKey: new Secret('key'), model: '@cf/baai/bge-m3', dimensions: 512 });

describeEmbedderContract('the Workers AI REST adapter', () => workersAiRestEmbedder(options()));
describe('the Workers AI stand-in', () => {
  it.each([
    ['a wrong token', { apiKey: new Secret('other') }, 'workers-ai run answered 401 (10000)'],
    ['what is no token', { apiKey: new Secret('"key"') }, 'workers-ai run: no token of Cloudflare’s (6003)'],
    ['an unknown model', { model: '@cf/baai/bge-m9' }, 'workers-ai run: no such model (5007)'],
    ['another account', { baseUrl: 'elsewhere' }, 'workers-ai run answered 404 (7003)'],
  ])('answers %s so that an operator sees what is wrong', async (_, changes, detail) => {
    const url = 'baseUrl' in changes ? `${server.url}/client/v4/accounts/elsewhere/ai` : baseUrl;
    const reply = await workersAiRestEmbedder({ ...options(), ...changes, baseUrl: url }).embed(['x'], 'document');
    expect(reply).toEqual({ ok: false, error: { kind: 'misconfigured', detail } });
  });

  it('takes questions and documents apart where the model wants that', async () => {
    const embedder = workersAiRestEmbedder({ ...options(), model: '@cf/qwen/qwen3-embedding-0.6b' });
    const [question, document] = await Promise.all([
      embedder.embed(['key'], 'query'),
      embedder.embed(['key'], 'document'),
    ]);
    expect([question.ok, document.ok]).toEqual([true, true]);
  });

  it('is out of capacity when no more texts may wait for the model', async () => {
    const full = { ...model, embed: () => Promise.reject(new QueueFullError(4096)) };
    const busy = await startWorkersAi({ port: 0, model: full, accountId: 'acc', apiToken: 'key' });
    const embedder = workersAiRestEmbedder({ ...options(), baseUrl: `${busy.url}/client/v4/accounts/acc/ai` });
    const reply = await embedder.embed(['x'], 'document');
    await busy.close();
    expect(reply).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });

  it('serves the OpenAI-compatible form under /v1', async () => {
    const embedder = openAiCompatibleEmbedder({ ...options(), baseUrl: `${baseUrl}/v1` });
    const reply = await embedder.embed(['late arrival'], 'query');
    expect(reply.ok && reply.value[0]?.length).toBe(512);
  });
});
