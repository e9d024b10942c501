import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Secret } from '../../config/secret.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { groqLanguageModel } from './groq-language-model.ts';

const request = {
  system: 'be brief',
  user: 'a guest’s words',
  schemaName: 'answer',
  schema: z.object({ answer: z.string() }),
  maxTokens: 100,
  timeoutMs: 5000,
};
const model = (fetch: Fetch, id = 'openai/gpt-oss-120b') =>
  groqLanguageModel({ fetch, apiKey: new Secret('gsk-secret'), baseUrl: 'https://g.example/openai/v1', model: id });
const completion = (content: string | null, finish_reason = 'stop') => ({
  choices: [{ index: 0, finish_reason, message: { role: 'assistant', content } }],
  usage: { prompt_tokens: 12, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 8 } },
});
const answering =
  (status: number, body: unknown, headers: Record<string, string> = {}): Fetch =>
  () =>
    Promise.resolve(
      typeof body === 'string' ? new Response(body, { status, headers }) : Response.json(body, { status, headers }),
    );
const failure = (code?: string) => ({ error: { message: 'about a guest’s words', type: 'x', code } });

describe('the Groq adapter', () => {
  it('asks once for strict JSON at temperature 0, without reasoning text', async () => {
    const sent: [string, RequestInit][] = [];
    const fetch: Fetch = (url, init) => {
      sent.push([url, init]);
      return Promise.resolve(Response.json(completion('{"answer":"yes"}')));
    };
    const reply = await model(fetch).complete(request);
    expect(reply).toEqual({
      ok: true,
      value: {
        value: { answer: 'yes' },
        model: 'openai/gpt-oss-120b',
        tokensIn: 12,
        tokensCached: 8,
        tokensOut: 3,
        costMicroUsd: 3,
      },
    });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.[0]).toBe('https://g.example/openai/v1/chat/completions');
    expect(new Headers(sent[0]?.[1].headers).get('user-agent')).toBe('innkeeper');
    expect(JSON.parse(sent[0]?.[1].body as string)).toMatchObject({
      model: 'openai/gpt-oss-120b',
      temperature: 0,
      max_completion_tokens: 100,
      reasoning_effort: 'low',
      include_reasoning: false,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true } },
    });
  });

  it.each([
    [404, 'model_not_found'],
    [400, 'model_decommissioned'],
  ])('names the model that answers %i %s', async (status, code) => {
    const reply = await model(answering(status, failure(code))).complete(request);
    expect(reply).toMatchObject({
      error: {
        kind: 'misconfigured',
        detail: `groq chat.completions answered ${status} ${code}: openai/gpt-oss-120b is retired or not for this key, set another model`,
      },
    });
  });

  type Sent = { messages: { role: string; content: string }[]; response_format: unknown };

  it('sends one prefix and one schema for whatever is asked, so that the vendor can keep it', async () => {
    const sent: Sent[] = [];
    const fetch: Fetch = (_, init) => {
      sent.push(JSON.parse(init.body as string) as Sent);
      return Promise.resolve(Response.json(completion('{"answer":"yes"}')));
    };
    await model(fetch).complete(request);
    await model(fetch).complete({ ...request, user: 'something else' });
    const [first, second] = sent;
    expect(second?.messages[0]).toEqual(first?.messages[0]);
    expect(first?.messages[0]?.role).toBe('system');
    expect(second?.response_format).toEqual(first?.response_format);
    expect(second?.messages[1]).not.toEqual(first?.messages[1]);
  });

  it('leaves reasoning settings out for models that know others', async () => {
    let body = '';
    const fetch: Fetch = (_, init) => {
      body = init.body as string;
      return Promise.resolve(Response.json(completion('{"answer":"yes"}')));
    };
    await model(fetch, 'qwen/qwen3.8-27b').complete(request);
    expect(JSON.parse(body)).not.toHaveProperty('reasoning_effort');
  });

  it.each<[string, Fetch, object]>([
    ['a wrong key', answering(401, failure('invalid_api_key')), { kind: 'misconfigured' }],
    ['a model nobody serves', answering(404, failure('model_not_found')), { kind: 'misconfigured' }],
    ['a retired model', answering(400, failure('model_decommissioned')), { kind: 'misconfigured' }],
    ['a schema it does not take', answering(400, failure()), { kind: 'misconfigured' }],
    [
      'a reply of the model that broke the schema',
      answering(400, failure('json_validate_failed')),
      { kind: 'nonsense' },
    ],
    ['a call of a tool that nobody gave it', answering(400, failure('tool_use_failed')), { kind: 'nonsense' }],
    [
      'a reply that Groq could not read',
      answering(400, { error: { message: 'x', type: 'x', failed_generation: 'a guest’s words' } }),
      { kind: 'nonsense' },
    ],
    ['what it calls a hallucination', answering(422, failure()), { kind: 'nonsense' }],
    [
      'too many tokens a minute',
      answering(429, failure('rate_limit_exceeded'), { 'retry-after': '7.66' }),
      { kind: 'unavailable', retryAfterMs: 7660 },
    ],
    ['a prompt above the allowance', answering(413, failure('rate_limit_exceeded')), { kind: 'unavailable' }],
    ['missing capacity', answering(498, failure('capacity_exceeded')), { kind: 'unavailable' }],
    ['an outage', answering(503, failure()), { kind: 'unavailable' }],
    ['an outage in HTML', answering(502, '<html>a guest’s words'), { kind: 'unavailable' }],
    ['HTML that says 200', answering(200, '<html>a guest’s words'), { kind: 'nonsense' }],
    ['no message', answering(200, completion(null)), { kind: 'nonsense' }],
    ['text instead of JSON', answering(200, completion('a guest’s words')), { kind: 'nonsense' }],
    ['JSON of another shape', answering(200, completion('{"answer":1}')), { kind: 'nonsense' }],
    ['a message cut at the limit', answering(200, completion('{"answer":"a"}', 'length')), { kind: 'nonsense' }],
    ['a reply beyond any bound', answering(200, completion('x'.repeat(2_000_000))), { kind: 'unavailable' }],
    ['a cut connection', () => Promise.reject(new TypeError('fetch failed')), { kind: 'unavailable' }],
  ])('%s', async (_, fetch, error) => {
    const reply = await model(fetch).complete(request);
    if (reply.ok) throw new Error('expected a failure');
    expect(reply.error).toMatchObject(error);
    expect(reply.error.detail).not.toMatch(/guest|secret/u);
  });

  it('times out before the headers and in the middle of the body', async () => {
    const silent: Fetch = (_, init) =>
      new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    const stuck: Fetch = (_, init) =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode('{"choices":'));
              init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
            },
          }),
          { headers: { 'content-type': 'application/json' } },
        ),
      );
    for (const fetch of [silent, stuck]) {
      const reply = await model(fetch).complete({ ...request, timeoutMs: 10 });
      expect(reply.ok ? 'ok' : reply.error.kind).toBe('timeout');
    }
  });
});
