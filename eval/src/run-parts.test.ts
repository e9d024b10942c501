import { describe, expect, test } from 'vitest';
import { chosenParts } from './run-parts.ts';

/** What a run is made with, by the environment; with a model it is run in `test/real-model.test.ts`. */
const hashed = { embedder: 'hash', withoutModel: false } as const;

describe('without a key for Groq', () => {
  test.each([
    ['no key', hashed, {}],
    ['an empty key', hashed, { GROQ_API_KEY: '' }],
    ['a key that is not to be used', { ...hashed, withoutModel: true }, { GROQ_API_KEY: 'test-key' }],
  ])('%s: code alone answers, the same in every run', async (_name, chosen, environment) => {
    const { isDeterministic, remarks, model } = await chosenParts(chosen, environment);
    expect(isDeterministic).toBe(true);
    expect(remarks[0]).toContain('without a language model');
    expect(model.id).toBe('scripted');
  });

  test('a key with an address that is none is refused', async () => {
    await expect(chosenParts(hashed, { GROQ_API_KEY: 'k', GROQ_BASE_URL: 'https://groq.example' })).rejects.toThrow(
      'GROQ_BASE_URL',
    );
  });
});
