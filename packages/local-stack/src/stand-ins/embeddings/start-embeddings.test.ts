import { openAiCompatibleEmbedder } from '@innkeeper/shared/adapters/embeddings/openai-compatible';
import { Secret } from '@innkeeper/shared/config/secret';
import { describeEmbedderContract } from '@innkeeper/shared/testing/embedder-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandInServer } from '../stand-in-server.ts';
import { type LoadedEmbeddingModel, loadLocalEmbeddingModel } from './local-embedding-model.ts';
import { startEmbeddings } from './start-embeddings.ts';
import { QueueFullError } from './text-batches.ts';

let model: LoadedEmbeddingModel;
let server: StandInServer;

beforeAll(async () => {
  model = await loadLocalEmbeddingModel();
  server = await startEmbeddings({ port: 0, model, apiKey: 'key' });
});
afterAll(async () => {
  await server.close();
  await model.close();
});

const post = (body: unknown, key = 'key') =>
  fetch(`${server.url}/v1/embeddings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const embedder = (overrides: { model?: string; dimensions?: number; apiKey?: Secret } = {}) =>
  openAiCompatibleEmbedder({
    fetch,
    baseUrl: `${server.url}/v1`,
    apiKey: new Secret('key'),
    model: model.name,
    dimensions: model.dimensions,
    ...overrides,
  });

describeEmbedderContract('the OpenAI-compatible adapter on the local model', () => embedder());

describe('the embeddings server', () => {
  it('finds a paraphrase that shares no content word', async () => {
    const [asked = [], same = [], other = []] = await model.embed([
      'it is cold in the apartment, radiator not working',
      'the guest reports that the heating is broken',
      'parking space number four belongs to the house',
    ]);
    const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
    expect(dot(asked, same)).toBeGreaterThan(dot(asked, other) + 0.2);
  });

  it('answers the same numbers as base64', async () => {
    const [plain, packed] = await Promise.all(
      ['float', 'base64'].map(async encoding_format => {
        const reply = await post({ model: model.name, input: 'one text', encoding_format });
        return ((await reply.json()) as { data: { embedding: number[] | string }[] }).data[0]?.embedding;
      }),
    );
    const bytes = Buffer.from(String(packed), 'base64');
    const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    expect([...numbers]).toEqual(plain);
  });

  it('answers for its health while the model computes', async () => {
    const answered: string[] = [];
    const texts = Array.from({ length: 96 }, (_, index) => `the guest of home ${index} asks for a late departure`);
    await Promise.all([
      post({ model: model.name, input: texts }).then(() => answered.push('vectors')),
      fetch(`${server.url}/_control/health`).then(() => answered.push('health')),
    ]);
    expect(answered).toEqual(['health', 'vectors']);
  });

  it('says that it is overloaded when no more texts may wait', async () => {
    const full = { ...model, embed: () => Promise.reject(new QueueFullError(4096)) };
    const overloaded = await startEmbeddings({ port: 0, model: full });
    const reply = await openAiCompatibleEmbedder({
      fetch,
      baseUrl: `${overloaded.url}/v1`,
      apiKey: new Secret('key'),
      model: model.name,
      dimensions: model.dimensions,
    }).embed(['x'], 'document');
    await overloaded.close();
    expect(reply).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });

  it.each([
    ['a body that is not JSON', '{"model"', 400, null],
    ['an unknown model', { model: 'text-embedding-004', input: 'x' }, 404, 'model_not_found'],
    ['an empty text', { model: 'universal-sentence-encoder-lite', input: [''] }, 400, null],
    ['other dimensions', { model: 'universal-sentence-encoder-lite', input: 'x', dimensions: 8 }, 400, null],
    ['a field that does not exist', { model: 'universal-sentence-encoder-lite', input: 'x', colour: 1 }, 400, null],
  ])('refuses %s in the words of OpenAI', async (_, body, status, code) => {
    const reply = await post(body);
    expect(reply.status).toBe(status);
    expect(await reply.json()).toMatchObject({ error: { code, type: 'invalid_request_error' } });
  });

  it('is a misconfiguration to the adapter when key, model or dimensions are wrong', async () => {
    const replies = await Promise.all(
      [{ apiKey: new Secret('other') }, { model: 'bge-m3' }, { dimensions: 1024 }].map(overrides =>
        embedder(overrides).embed(['x'], 'document'),
      ),
    );
    expect(replies.map(reply => (reply.ok ? 'ok' : reply.error.kind))).toEqual([
      'misconfigured',
      'misconfigured',
      'misconfigured',
    ]);
  });
});
