import { expect, test } from 'vitest';
import { combineUses, type PromptedUse } from './prompted-use.ts';

const plan: PromptedUse = {
  model: 'small',
  tokensIn: 900,
  tokensCached: 800,
  tokensOut: 200,
  costMicroUsd: 98,
  prompts: ['plan/1'],
};
const answer: PromptedUse = {
  model: 'large',
  tokensIn: 3_000,
  tokensCached: 0,
  tokensOut: 400,
  costMicroUsd: 690,
  prompts: ['answer/1'],
};

test('the calls of one answer are summed under the model asked last', () => {
  expect(combineUses([plan, answer])).toEqual({
    model: 'large',
    tokensIn: 3_900,
    tokensCached: 800,
    tokensOut: 600,
    costMicroUsd: 788,
    prompts: ['plan/1', 'answer/1'],
  });
});

test('a sum with an unknown price in it is unknown', () => {
  const { costMicroUsd: _, ...unpriced } = plan;
  expect(combineUses([unpriced, answer])).not.toHaveProperty('costMicroUsd');
});

test('without a call there is nothing to tell', () => {
  expect(combineUses([])).toBeUndefined();
});
