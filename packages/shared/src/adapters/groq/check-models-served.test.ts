import { describe, expect, it } from 'vitest';
import { Secret } from '../../config/secret.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { checkModelsServed } from './check-models-served.ts';

const variables = {
  GROQ_BASE_URL: 'https://g.example/openai/v1',
  GROQ_API_KEY: new Secret('gsk-secret'),
  GROQ_MODEL: 'large',
  GROQ_FALLBACK_MODEL: 'small',
};
const check = (fetch: Fetch) => checkModelsServed(variables, { fetch, timeoutMs: 1_000 });
const serving = (...models: { id: string; active?: boolean }[]) =>
  check(() => Promise.resolve(Response.json({ object: 'list', data: models })));

describe('the models that are configured', () => {
  it('are looked up in one request', async () => {
    const urls: string[] = [];
    const checked = await check(url => {
      urls.push(url);
      return Promise.resolve(
        Response.json({ data: [{ id: 'small' }, { id: 'large', active: true }, { id: 'other' }] }),
      );
    });
    expect(checked.ok).toBe(true);
    expect(urls).toEqual(['https://g.example/openai/v1/models']);
  });

  it.each([
    ['the first is', [{ id: 'small' }], 'large'],
    ['the second is', [{ id: 'large' }, { id: 'small', active: false }], 'small'],
    ['both are', [{ id: 'other' }], 'large and small'],
  ])('are named where %s not served', async (_, models, missing) => {
    expect(await serving(...models)).toEqual({
      ok: false,
      error: {
        kind: 'misconfigured',
        detail: `groq does not serve ${missing}: set GROQ_MODEL and GROQ_FALLBACK_MODEL to models it serves`,
      },
    });
  });

  it.each<[string, Fetch, string]>([
    [
      'a wrong key',
      () => Promise.resolve(Response.json({ error: { code: 'invalid_api_key' } }, { status: 401 })),
      'misconfigured',
    ],
    ['an outage', () => Promise.resolve(new Response('', { status: 503 })), 'unavailable'],
    ['a proxy’s page', () => Promise.resolve(new Response('<html>')), 'unavailable'],
    ['a cut connection', () => Promise.reject(new TypeError('fetch failed')), 'unavailable'],
  ])('%s is not taken for a retired model', async (_, fetch, kind) => {
    const checked = await check(fetch);
    expect(checked).toMatchObject({ ok: false, error: { kind } });
    expect(JSON.stringify(checked)).not.toMatch(/does not serve|secret/u);
  });
});
