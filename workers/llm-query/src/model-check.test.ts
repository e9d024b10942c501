import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import { Secret } from '@innkeeper/shared/config/secret';
import { createLog } from '@innkeeper/shared/log/log';
import { expect, test } from 'vitest';
import { createModelCheck } from './model-check.ts';

const variables = {
  GROQ_BASE_URL: 'https://g.example/openai/v1',
  GROQ_API_KEY: new Secret('gsk-secret'),
  GROQ_MODEL: 'large',
  GROQ_FALLBACK_MODEL: 'small',
};

function checking(...answers: (() => Promise<Response>)[]) {
  const lines: string[] = [];
  let asked = 0;
  const fetch: Fetch = () => {
    asked += 1;
    return (answers[asked - 1] ?? answers.at(-1))?.() ?? Promise.reject(new Error('nobody answers'));
  };
  const check = createModelCheck(variables, { fetch, log: createLog('test', line => lines.push(line)) });
  return { check, lines, asked: () => asked };
}
const serving = (...ids: string[]) => Promise.resolve(Response.json({ data: ids.map(id => ({ id })) }));

test('models that are served are looked up once and nothing is said', async () => {
  const { check, lines, asked } = checking(() => serving('large', 'small'));
  await check.once();
  await check.once();
  expect([asked(), lines]).toEqual([1, []]);
});

test('a model that is not served is told of once, by name and as an error', async () => {
  const { check, lines } = checking(() => serving('small'));
  await check.once();
  await check.once();
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    severity: 'ERROR',
    event: 'model.not_served',
    kind: 'misconfigured',
    detail: expect.stringMatching(/^groq does not serve large: /u) as string,
  });
  expect(lines.join()).not.toContain('gsk-secret');
});

test('while the vendor is away nothing is claimed, and it is asked again', async () => {
  const { check, lines, asked } = checking(
    () => Promise.reject(new TypeError('fetch failed')),
    () => serving('large'),
  );
  await check.once();
  expect(lines).toEqual([]);
  await check.once();
  expect([asked(), lines.length]).toEqual([2, 1]);
});
