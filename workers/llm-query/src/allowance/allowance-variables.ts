/** How many tokens of the language model a day may cost. */
import * as z from 'zod/mini';
import type { TokenLimits } from './token-limits.ts';

/** Some 700 free questions of 3,000 tokens: with `openai/gpt-oss-120b` less than a dollar. */
const PER_DAY = 2_000_000;
/** Some 80 free questions; one person's script does not use up everybody's. */
const PER_PERSON_AND_DAY = 250_000;

const tokens = (defaultTokens: number, description: string) =>
  z
    ._default(
      z.pipe(z.string().check(z.regex(/^\d{1,12}$/u, { error: 'must be a number of tokens' })), z.transform(Number)),
      defaultTokens,
    )
    .check(z.describe(description));

/** The shape to spread into the Worker's own `z.object`. */
export const allowanceVariables = {
  ASSISTANT_TOKENS_PER_DAY: tokens(PER_DAY, 'tokens of the language model per UTC day, for everybody together'),
  ASSISTANT_TOKENS_PER_USER_PER_DAY: tokens(PER_PERSON_AND_DAY, 'tokens of the language model per person and UTC day'),
};

const AllowanceVariables = z.object(allowanceVariables);

export const tokenLimits = (config: z.output<typeof AllowanceVariables>): TokenLimits => ({
  perDay: config.ASSISTANT_TOKENS_PER_DAY,
  perPersonAndDay: config.ASSISTANT_TOKENS_PER_USER_PER_DAY,
});
