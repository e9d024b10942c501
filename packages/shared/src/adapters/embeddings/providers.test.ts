import { describe, expect, it } from 'vitest';
import { Secret } from '../../config/secret.ts';
import type { Embedder } from '../../ports/embedder.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { openAiCompatibleEmbedder } from './openai-compatible.ts';
import { workersAiBindingEmbedder } from './workers-ai-binding.ts';
import { workersAiRestEmbedder } from './workers-ai-rest.ts';

const apiKey = new Secret('sk-very-secret');
const kindOf = async (embedder: Embedder) => {
  const reply = await embedder.embed(['a guest’s words'], 'query');
  if (reply.ok) return 'ok';
  expect(reply.error.detail).not.toMatch(/very-secret|guest/u);
  return reply.error.kind;
};
const answering =
  (status: number, body: unknown): Fetch =>
  () =>
    Promise.resolve(typeof body === 'string' ? new Response(body, { status }) : Response.json(body, { status }));

describe('the OpenAI-compatible adapter', () => {
  const embedder = (fetch: Fetch) =>
    openAiCompatibleEmbedder({ fetch, baseUrl: 'https://e.example/v1', apiKey, model: 'm', dimensions: 2 });

  it('sends model, texts and key, and orders the reply by index', async () => {
    let sent: [string, RequestInit] | undefined;
    const fetch: Fetch = (url, init) => {
      sent = [url, init];
      const data = [
        { index: 1, embedding: [3, 4] },
        { index: 0, embedding: [1, 2] },
      ];
      return Promise.resolve(Response.json({ data }));
    };
    expect(await embedder(fetch).embed(['a', 'b'], 'document')).toEqual({
      ok: true,
      value: [
        [1, 2],
        [3, 4],
      ],
    });
    expect(sent?.[0]).toBe('https://e.example/v1/embeddings');
    expect(sent?.[1].headers).toMatchObject({ authorization: 'Bearer sk-very-secret' });
    expect(JSON.parse(sent?.[1].body as string)).toEqual({ model: 'm', input: ['a', 'b'], encoding_format: 'float' });
  });

  it.each<[number, unknown, string]>([
    [400, { error: { code: 'model_not_found' } }, 'misconfigured'],
    [400, { error: { code: null, message: 'a guest’s words are too long' } }, 'refused'],
    [401, {}, 'misconfigured'],
    [404, {}, 'misconfigured'],
    [413, {}, 'refused'],
    [429, {}, 'unavailable'],
    [500, '<html>a guest’s words</html>', 'unavailable'],
    [200, '<html>a guest’s words</html>', 'unavailable'],
    [200, { data: [{ index: 0 }] }, 'unavailable'],
  ])('%i %o is %s', async (status, body, kind) => {
    expect(await kindOf(embedder(answering(status, body)))).toBe(kind);
  });

  it('passes on how long to wait', async () => {
    const busy: Fetch = () => Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': '3' } }));
    const reply = await embedder(busy).embed(['a'], 'query');
    expect(!reply.ok && reply.error).toMatchObject({ retryAfterMs: 3000 });
  });
});

describe('the Workers AI REST adapter', () => {
  const embedder = (fetch: Fetch) =>
    workersAiRestEmbedder({ fetch, baseUrl: 'https://c.example/ai', apiKey, model: '@cf/baai/bge-m3', dimensions: 2 });
  const refusal = (code: number) => ({ success: false, result: null, errors: [{ code, message: 'a guest’s words' }] });

  it.each<[number, unknown, string]>([
    [400, refusal(5007), 'misconfigured'],
    [400, refusal(5004), 'refused'],
    [400, refusal(6003), 'misconfigured'],
    [400, refusal(7003), 'misconfigured'],
    [401, refusal(10_000), 'misconfigured'],
    [403, refusal(5018), 'misconfigured'],
    [413, refusal(3006), 'refused'],
    [429, refusal(3036), 'unavailable'],
    [408, refusal(3007), 'unavailable'],
    [502, '<html>', 'unavailable'],
    [200, { success: true, result: {} }, 'unavailable'],
  ])('%i %o is %s', async (status, body, kind) => {
    expect(await kindOf(embedder(answering(status, body)))).toBe(kind);
  });
});

describe('the Workers AI binding adapter', () => {
  const embedder = (run: (model: string, input: object) => Promise<unknown>, model = '@cf/baai/bge-m3') =>
    workersAiBindingEmbedder({ ai: { run }, model, dimensions: 2 });

  it('asks each model in its own words', async () => {
    const inputs: object[] = [];
    const run = (_: string, input: object) => {
      inputs.push(input);
      return Promise.resolve({ data: [[1, 2]], shape: [1, 2], pooling: 'cls' });
    };
    await embedder(run).embed(['a'], 'query');
    await embedder(run, '@cf/qwen/qwen3-embedding-0.6b').embed(['a'], 'query');
    await embedder(run, '@cf/qwen/qwen3-embedding-0.6b').embed(['a'], 'document');
    expect(inputs).toEqual([{ text: ['a'] }, { queries: ['a'] }, { documents: ['a'] }]);
  });

  it.each<[string, string]>([
    ['5007: No such model @cf/baai/bge-m3 or task', 'misconfigured'],
    ['AiError: 5004: a guest’s words are no text', 'refused'],
    ['3040: No more data centers to forward the request to', 'unavailable'],
    ['a guest’s words', 'unavailable'],
  ])('%s is %s', async (message, kind) => {
    expect(await kindOf(embedder(() => Promise.reject(new Error(message))))).toBe(kind);
  });

  it('takes a reply outside the format for an outage', async () => {
    expect(await kindOf(embedder(() => Promise.resolve({ response: [] })))).toBe('unavailable');
  });
});
