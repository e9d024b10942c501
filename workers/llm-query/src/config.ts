import { embeddingsVariables } from '@innkeeper/shared/adapters/embeddings/embedder-from-config';
import { GoogleConfig } from '@innkeeper/shared/adapters/google-auth/google-config';
import { groqVariables } from '@innkeeper/shared/adapters/groq/groq-variables';
import { rocketChatVariables } from '@innkeeper/shared/adapters/rocketchat/rocketchat-variables';
import { baseUrl, parseConfig, secrets } from '@innkeeper/shared/config/parse-config';
import { Secret } from '@innkeeper/shared/config/secret';
import * as z from 'zod';
import { AssistantScopes } from './scopes.ts';

/** `ASSISTANT_SCOPES` as text to scopes; whoever starts this Worker can say what is wrong with it beforehand. */
export const scopesVariable = z
  .string()
  .default('{}')
  .transform((text, context) => {
    const parsed = AssistantScopes.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: `must be JSON like {"rooms":{"#general":"full"}}` });
    return z.NEVER;
  })
  .describe('who is answered and with what: JSON with rooms, users and words; unlisted is none');

/** The environment of `llm-query`, parsed once per isolate before any work; all problems are reported together. */
const LlmQueryVariables = z.object({
  ...groqVariables,
  ...rocketChatVariables,
  ...embeddingsVariables,
  ROCKETCHAT_WEBHOOK_TOKENS: secrets('tokens of the outgoing webhook, shown in its settings in Rocket.Chat'),
  ROCKETCHAT_BOT_USERNAME: z
    .string({ error: 'missing (username of the bot, without @)' })
    .min(1)
    .describe('username of the bot'),
  QDRANT_URL: baseUrl('address of Qdrant'),
  QDRANT_API_KEY: z
    .string()
    .transform(value => new Secret(value))
    .optional()
    .describe('read-only key; absent where the server asks for none'),
  QDRANT_ALIAS: z.string().default('innkeeper').describe('alias of the collection'),
  ASSISTANT_SCOPES: scopesVariable,
  GUESTY_APP_URL: z._default(baseUrl('where the team opens bookings'), 'https://app.guesty.com'),
  AIRCALL_APP_URL: z._default(baseUrl('where the team opens calls'), 'https://dashboard.aircall.io'),
});

export const LlmQueryConfig = z.intersection(LlmQueryVariables, GoogleConfig);
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
