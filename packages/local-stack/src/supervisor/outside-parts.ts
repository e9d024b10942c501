import { existsSync, readFileSync } from 'node:fs';
import { allowanceVariables } from '@innkeeper/llm-query/allowance/allowance-variables';
import { briefingsVariable, roomsWithoutScope } from '@innkeeper/llm-query/briefing/briefing-settings';
import { newsVariables } from '@innkeeper/llm-query/briefing/news-variables';
import { scopesVariable } from '@innkeeper/llm-query/config';
import { groqVariables } from '@innkeeper/shared/adapters/groq/groq-variables';
import { baseUrl, parseConfig } from '@innkeeper/shared/config/parse-config';
import * as z from 'zod';
import { present } from './own-part.ts';

/**
 * Which parts somebody brings from outside: a variable that names an address means that no stand-in is started and
 * that address is used instead. Production code reads the same variables.
 */
const optionalText = (hint: string) => z.string().optional().describe(hint);

const Environment = z
  .object({
    GOOGLE_CLOUD_PROJECT: z.string().default('innkeeper-local').describe('project id inside the emulators'),
    FIRESTORE_EMULATOR_HOST: optionalText('host:port of a Firestore emulator'),
    PUBSUB_EMULATOR_HOST: optionalText('host:port of a Pub/Sub emulator'),
    MONGODB_URI: optionalText('URI of the replica set under Rocket.Chat'),
    QDRANT_URL: z.optional(baseUrl('address of Qdrant')),
    QDRANT_API_KEY: optionalText('key of that Qdrant'),
    QDRANT_ALIAS: z.string().default('innkeeper').describe('alias the product reads and writes through'),
    GROQ_BASE_URL: z.optional(groqVariables.GROQ_BASE_URL.def.innerType),
    GROQ_API_KEY: optionalText('key of Groq; alone it means the real one'),
    GROQ_MODEL: z.string().default('openai/gpt-oss-120b').describe('model that writes free text'),
    GROQ_FALLBACK_MODEL: optionalText('model that is asked where that one cannot answer'),
    EMBEDDINGS_PROVIDER: z.enum(['local', 'openai-compatible', 'workers-ai']).default('local'),
    EMBEDDINGS_URL: z.optional(baseUrl('address of the embedding server')),
    EMBEDDINGS_MODEL: optionalText('model of that server'),
    EMBEDDINGS_DIMENSIONS: optionalText('length of its vectors'),
    EMBEDDINGS_API_KEY: optionalText('key of that server'),
    ROCKETCHAT_URL: z.optional(baseUrl('address of Rocket.Chat')),
    ROCKETCHAT_USER_ID: optionalText('user id of the bot'),
    ROCKETCHAT_AUTH_TOKEN: optionalText('personal access token of the bot'),
    ROCKETCHAT_BOT_USERNAME: z.string().default('innkeeper').describe('username of the bot'),
    ROCKETCHAT_WEBHOOK_TOKEN: optionalText('token of the outgoing webhook there; made here otherwise'),
    GUESTY_BASE_URL: z.optional(baseUrl('address of Guesty, ending in /v1')),
    GUESTY_TOKEN_URL: z.optional(baseUrl('its token endpoint')),
    GUESTY_CLIENT_ID: optionalText('client id there'),
    GUESTY_CLIENT_SECRET: optionalText('client secret there'),
    AIRCALL_BASE_URL: z.optional(baseUrl('address of Aircall, ending in /v1')),
    AIRCALL_API_ID: optionalText('API id there'),
    AIRCALL_API_TOKEN: optionalText('API token there'),
    HCLOUD_ENDPOINT: z.optional(baseUrl('address of Hetzner’s API, ending in /v1')),
    HCLOUD_TOKEN: optionalText('token of a project there'),
    RESTIC_BINARY: z.string().default('restic').describe('restic 0.19.1 or newer'),
    ASSISTANT_SCOPES: optionalText('who is answered with what, as JSON; in production nobody unless listed'),
    ASSISTANT_BRIEFINGS: optionalText('which rooms are briefed, as JSON'),
    ASSISTANT_NEWS_QUIET_SECONDS: optionalText('how long a changed booking rests before it is told of'),
    ASSISTANT_TOKENS_PER_DAY: optionalText('tokens of the model per UTC day'),
    ASSISTANT_TOKENS_PER_USER_PER_DAY: optionalText('the same for one person'),
    INNKEEPER_CONFIG: optionalText('file that holds the same JSON, read unless ASSISTANT_SCOPES is set'),
  })
  .superRefine((environment, context) => {
    for (const [variable, needed] of NEEDS) {
      if (environment[variable] === undefined) continue;
      for (const other of needed.filter(name => environment[name] === undefined)) {
        context.addIssue({ code: 'custom', path: [other], message: `missing (${variable} is set)` });
      }
    }
    if (environment.INNKEEPER_CONFIG !== undefined && !existsSync(environment.INNKEEPER_CONFIG)) {
      context.addIssue({ code: 'custom', path: ['INNKEEPER_CONFIG'], message: 'there is no such file' });
    } else {
      const scopes = scopesVariable.safeParse(readAssistantScopes(environment));
      const path = environment.ASSISTANT_SCOPES === undefined ? ['INNKEEPER_CONFIG'] : ['ASSISTANT_SCOPES'];
      for (const { message } of scopes.error?.issues ?? []) context.addIssue({ code: 'custom', path, message });
      for (const problem of assistantProblems(environment, scopes.data)) {
        context.addIssue({ code: 'custom', ...problem });
      }
    }
    if (environment.EMBEDDINGS_PROVIDER === 'local') return;
    for (const other of EMBEDDINGS_NEED[environment.EMBEDDINGS_PROVIDER]) {
      if (environment[other] === undefined) {
        const message = `missing (EMBEDDINGS_PROVIDER is ${environment.EMBEDDINGS_PROVIDER})`;
        context.addIssue({ code: 'custom', path: [other], message });
      }
    }
  });

export type OutsideParts = z.output<typeof Environment>;

/** An address is of no use without the credentials for it. */
const NEEDS = [
  ['GROQ_BASE_URL', ['GROQ_API_KEY']],
  ['ROCKETCHAT_URL', ['ROCKETCHAT_USER_ID', 'ROCKETCHAT_AUTH_TOKEN']],
  ['GUESTY_BASE_URL', ['GUESTY_CLIENT_ID', 'GUESTY_CLIENT_SECRET']],
  ['AIRCALL_BASE_URL', ['AIRCALL_API_ID', 'AIRCALL_API_TOKEN']],
  ['HCLOUD_ENDPOINT', ['HCLOUD_TOKEN']],
] as const;

const EMBEDDINGS_NEED = {
  'openai-compatible': ['EMBEDDINGS_URL', 'EMBEDDINGS_MODEL', 'EMBEDDINGS_DIMENSIONS'],
  'workers-ai': ['EMBEDDINGS_URL', 'EMBEDDINGS_API_KEY'],
} as const;

/** On one machine everybody may try everything, unless somebody says otherwise. */
const EVERYBODY = '{"rooms":{"*":"full"},"users":{"*":"full"}}';

/** The scopes as JSON text; the Worker that answers parses them and names what is wrong with them. */
function readAssistantScopes(outside: Pick<OutsideParts, 'ASSISTANT_SCOPES' | 'INNKEEPER_CONFIG'>): string {
  if (outside.ASSISTANT_SCOPES !== undefined) return outside.ASSISTANT_SCOPES;
  return outside.INNKEEPER_CONFIG === undefined ? EVERYBODY : readFileSync(outside.INNKEEPER_CONFIG, 'utf8');
}

/** What the Worker that answers is told besides: only what somebody said, for it has its own defaults. */
export const assistantVariables = (outside: OutsideParts): Record<string, string> => ({
  ASSISTANT_SCOPES: readAssistantScopes(outside),
  ...present({
    GROQ_FALLBACK_MODEL: outside.GROQ_FALLBACK_MODEL,
    ASSISTANT_BRIEFINGS: outside.ASSISTANT_BRIEFINGS,
    ASSISTANT_NEWS_QUIET_SECONDS: outside.ASSISTANT_NEWS_QUIET_SECONDS,
    ASSISTANT_TOKENS_PER_DAY: outside.ASSISTANT_TOKENS_PER_DAY,
    ASSISTANT_TOKENS_PER_USER_PER_DAY: outside.ASSISTANT_TOKENS_PER_USER_PER_DAY,
  }),
});

/** Parsed by the Worker's own rules: it would refuse every request, and the stack never become ready. */
const PARSED_BY_WORKER = {
  GROQ_FALLBACK_MODEL: groqVariables.GROQ_FALLBACK_MODEL,
  ASSISTANT_BRIEFINGS: briefingsVariable,
  ...newsVariables,
  ...allowanceVariables,
} as const;

function assistantProblems(
  environment: Readonly<Record<string, unknown>>,
  scopes: z.output<typeof scopesVariable> | undefined,
): { readonly path: string[]; readonly message: string }[] {
  const problems = Object.entries(PARSED_BY_WORKER).flatMap(([name, variable]) =>
    (variable.safeParse(environment[name]).error?.issues ?? []).map(({ message }) => ({ path: [name], message })),
  );
  const rooms = briefingsVariable.safeParse(environment['ASSISTANT_BRIEFINGS']).data ?? [];
  const without = scopes === undefined ? [] : roomsWithoutScope(rooms, scopes);
  const message = `${without.join(', ')}: the assistant's scopes list no such room`;
  return without.length === 0 ? problems : [...problems, { path: ['ASSISTANT_BRIEFINGS'], message }];
}

/** Throws a `ConfigError` that names every problem at once. */
export const readOutsideParts = (environment: Record<string, unknown>): OutsideParts =>
  parseConfig('the local stack', Environment, environment);
