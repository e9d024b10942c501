import { ConfigError, parseConfig } from '@innkeeper/shared/config/parse-config';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { allowanceVariables, tokenLimits } from './allowance-variables.ts';

const limitsOf = (environment: Record<string, string>) =>
  tokenLimits(parseConfig('test', z.object(allowanceVariables), environment));

test('limits are numbers of tokens, and there are some unless told', () => {
  expect(limitsOf({})).toEqual({ perDay: 2_000_000, perPersonAndDay: 250_000 });
  expect(limitsOf({ ASSISTANT_TOKENS_PER_DAY: '0', ASSISTANT_TOKENS_PER_USER_PER_DAY: '5000' })).toEqual({
    perDay: 0,
    perPersonAndDay: 5_000,
  });
});

test.each(['-1', '1e9', 'many', '1.5'])('%s is refused by the name of its variable', value => {
  expect(() => limitsOf({ ASSISTANT_TOKENS_PER_DAY: value })).toThrow(ConfigError);
  expect(() => limitsOf({ ASSISTANT_TOKENS_PER_DAY: value })).toThrow('ASSISTANT_TOKENS_PER_DAY: must be a number');
});
