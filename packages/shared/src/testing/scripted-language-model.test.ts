import { expect, it } from 'vitest';
import * as z from 'zod';
import { scriptedLanguageModel } from './scripted-language-model.ts';

const request = {
  system: 'be brief',
  user: 'who?',
  schemaName: 'answer',
  schema: z.object({ answer: z.string() }),
  maxTokens: 10,
  timeoutMs: 10,
};

it('says what the script says, checked by the schema', async () => {
  const model = scriptedLanguageModel(({ user }) => ({ says: { answer: user } }));
  const reply = await model.complete(request);
  expect(reply.ok && reply.value.value).toEqual({ answer: 'who?' });
  expect(model.requests).toMatchObject([{ system: 'be brief', user: 'who?' }]);
});

it('is nonsense where the script breaks the schema, and fails as told', async () => {
  const broken = await scriptedLanguageModel(() => ({ says: { answer: 1 } })).complete(request);
  expect(broken.ok ? 'ok' : broken.error.kind).toBe('nonsense');
  const failing = await scriptedLanguageModel(() => ({ fails: { kind: 'timeout', detail: 'late' } })).complete(request);
  expect(failing).toEqual({ ok: false, error: { kind: 'timeout', detail: 'late' } });
});
