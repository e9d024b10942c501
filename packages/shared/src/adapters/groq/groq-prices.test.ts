import { expect, test } from 'vitest';
import { costMicroUsd } from './groq-prices.ts';

test('an answer of a usual size costs about a fifteenth of a cent', () => {
  const used = { tokensIn: 3_000, tokensCached: 0, tokensOut: 400 };
  expect(costMicroUsd('openai/gpt-oss-120b', used)).toBe(690);
  expect(costMicroUsd('openai/gpt-oss-20b', used)).toBe(345);
});

test('what the vendor kept of an earlier prompt costs half', () => {
  expect(costMicroUsd('openai/gpt-oss-120b', { tokensIn: 2_000, tokensCached: 2_000, tokensOut: 0 })).toBe(150);
});

test('an unknown price is not nothing', () => {
  expect(costMicroUsd('qwen/qwen9', { tokensIn: 1, tokensCached: 0, tokensOut: 1 })).toBeUndefined();
});
