import { checkModelsServed } from '@innkeeper/shared/adapters/groq/check-models-served';
import { languageModelFromConfig } from '@innkeeper/shared/adapters/groq/language-model-from-config';
import { Secret } from '@innkeeper/shared/config/secret';
import { createLog } from '@innkeeper/shared/log/log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningStandIn } from '../run-stand-in.ts';
import { ClaimsReply, system, user } from './__fixtures__/prompts.ts';
import { startGroq } from './start-groq.ts';

let groq: RunningStandIn;
beforeAll(async () => {
  groq = await startGroq({ port: 0, apiKey: 'key' });
});
afterAll(() => groq.close());

/** Groq as a deployable is set to it, with what was sent there and what the log says. */
function deployable(models: { first?: string; second?: string } = {}) {
  const asked: string[] = [];
  const lines: string[] = [];
  const variables = {
    GROQ_BASE_URL: `${groq.url}/openai/v1`,
    GROQ_API_KEY: new Secret('key'),
    GROQ_MODEL: models.first ?? 'openai/gpt-oss-120b',
    GROQ_FALLBACK_MODEL: models.second ?? 'openai/gpt-oss-20b',
  };
  const model = languageModelFromConfig(variables, {
    fetch: (url, init) => {
      asked.push((JSON.parse(init.body as string) as { model: string }).model);
      return fetch(url, init);
    },
    now: () => Date.now(),
    log: createLog('test', line => lines.push(line)),
  });
  const complete = () =>
    model.complete({ system, user, schemaName: 'answer', schema: ClaimsReply, maxTokens: 2_000, timeoutMs: 5_000 });
  return { variables, complete, asked, lines };
}

describe('a model that calls a tool', () => {
  it('is asked again at the next question, since only this prompt made it do so', async () => {
    const become = (mode: string) =>
      fetch(`${groq.url}/_control/personality`, { method: 'POST', body: JSON.stringify({ mode }) });
    const { complete, asked } = deployable();
    await become('tool_calling');
    expect(await complete()).toMatchObject({ error: { kind: 'nonsense' } });
    await become('honest');
    expect(await complete()).toMatchObject({ ok: true, value: { model: 'openai/gpt-oss-120b' } });
    expect(asked).toEqual(['openai/gpt-oss-120b', 'openai/gpt-oss-20b', 'openai/gpt-oss-120b']);
  });
});

describe('a model that Groq does not serve', () => {
  it('is found out at the start, by name', async () => {
    expect(await checkModelsServed(deployable().variables, { fetch, timeoutMs: 5_000 })).toEqual({ ok: true });
    const { variables } = deployable({ first: 'openai/gpt-oss-retired' });
    expect(await checkModelsServed(variables, { fetch, timeoutMs: 5_000 })).toMatchObject({
      error: { kind: 'misconfigured', detail: expect.stringContaining('openai/gpt-oss-retired') as string },
    });
  });

  it('is told of once, and the other one answers, at its own price', async () => {
    const { complete, asked, lines } = deployable({ first: 'openai/gpt-oss-retired' });
    const [first, second] = [await complete(), await complete()];
    expect(first).toMatchObject({ ok: true, value: { model: 'openai/gpt-oss-20b' } });
    expect(first.ok && first.value.costMicroUsd).toBeGreaterThan(0);
    expect(second.ok).toBe(true);
    expect(asked).toEqual(['openai/gpt-oss-retired', 'openai/gpt-oss-20b', 'openai/gpt-oss-20b']);
    expect(lines.join('\n')).toMatch(/^[^\n]*"model.passed_over"[^\n]*openai\/gpt-oss-retired is retired[^\n]*$/u);
  });

  it('leaves no model where there is no other', async () => {
    const { complete, asked } = deployable({ first: 'gone', second: 'gone' });
    expect(await complete()).toMatchObject({ error: { kind: 'misconfigured' } });
    expect(asked).toEqual(['gone']);
  });
});
