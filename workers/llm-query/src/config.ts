import { embeddingsVariables } from '@innkeeper/shared/adapters/embeddings/embedder-from-config';
import { GoogleConfig } from '@innkeeper/shared/adapters/google-auth/google-config';
import { groqVariables } from '@innkeeper/shared/adapters/groq/groq-variables';
import { rocketChatVariables } from '@innkeeper/shared/adapters/rocketchat/rocketchat-variables';
import { baseUrl, parseConfig, secret, secrets } from '@innkeeper/shared/config/parse-config';
import * as z from 'zod/mini';
import { allowanceVariables } from './allowance/allowance-variables.ts';
import { briefingsVariable, refuseBriefingsWithoutScope } from './briefing/briefing-settings.ts';
import { newsVariables } from './briefing/news-variables.ts';
import { AssistantScopes } from './scopes.ts';

const SCOPES_FORM = 'must be JSON like {"rooms":{"#general":"full"}}';

/** `ASSISTANT_SCOPES` as text to scopes; whoever starts this Worker can say what is wrong with it beforehand. */
export const scopesVariable = z
  .pipe(
    z._default(z.string({ error: SCOPES_FORM }), '{}'),
    z.transform((text, context) => {
      const parsed = AssistantScopes.safeParse(parseJson(text));
      if (parsed.success) return parsed.data;
      context.issues.push({ code: 'custom', input: text, message: SCOPES_FORM });
      return z.NEVER;
    }),
  )
  .check(z.describe('who is answered and with what: JSON with rooms, users and words; unlisted is none'));

/** The environment of `llm-query`, parsed once per isolate before any work; all problems are reported together. */
const LlmQueryVariables = z.object({
  ...groqVariables,
  ...rocketChatVariables,
  ...embeddingsVariables,
  ...allowanceVariables,
  ...newsVariables,
  ROCKETCHAT_WEBHOOK_TOKENS: secrets('tokens of the outgoing webhook, shown in its settings in Rocket.Chat'),
  ROCKETCHAT_BOT_USERNAME: z
    .string({ error: 'missing (username of the bot, without @)' })
    .check(z.describe('username of the bot')),
  QDRANT_URL: baseUrl('address of Qdrant'),
  QDRANT_API_KEY: z.optional(secret('read-only key; absent where the server asks for none')),
  QDRANT_ALIAS: z._default(z.string(), 'innkeeper').check(z.describe('alias of the collection')),
  ASSISTANT_SCOPES: scopesVariable,
  ASSISTANT_BRIEFINGS: briefingsVariable,
  GUESTY_APP_URL: z._default(baseUrl('where the team opens bookings'), 'https://app.guesty.com'),
  AIRCALL_APP_URL: z._default(baseUrl('where the team opens calls'), 'https://dashboard.aircall.io'),
});

export const LlmQueryConfig = z.intersection(LlmQueryVariables, GoogleConfig).check(refuseBriefingsWithoutScope);
export type LlmQueryConfig = z.output<typeof LlmQueryConfig>;

export const parseLlmQueryConfig = (environment: Record<string, unknown>): LlmQueryConfig =>
  parseConfig('llm-query', LlmQueryConfig, environment);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // reported above as a scope list that is none
  }
}
