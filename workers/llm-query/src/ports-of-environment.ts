import type { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
import { workerDocumentStore } from '@innkeeper/shared/adapters/cloudflare/worker-document-store';
import { embedderFromConfig } from '@innkeeper/shared/adapters/embeddings/embedder-from-config';
import type { WorkersAi } from '@innkeeper/shared/adapters/embeddings/workers-ai-binding';
import { groqLanguageModel } from '@innkeeper/shared/adapters/groq/groq-language-model';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { qdrantVectorReader } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-reader';
import { rocketChatTeamChat } from '@innkeeper/shared/adapters/rocketchat/rocketchat-team-chat';
import { createLog } from '@innkeeper/shared/log/log';
import { linksTo } from './compose/links.ts';
import type { LlmQueryConfig } from './config.ts';
import { parseLlmQueryConfig } from './config.ts';
import { createRoomTypes } from './conversation/room-types.ts';
import type { SettlePorts } from './conversation/settle-question.ts';

/** The composition root: environment to configuration to adapters. Built once per isolate, no I/O. */
export interface Bindings extends Record<string, unknown> {
  readonly GOOGLE_TOKEN: DurableObjectNamespace<GoogleTokenKeeper>;
  readonly AI?: WorkersAi;
}

export interface Parts extends SettlePorts {
  readonly config: LlmQueryConfig;
}

/** A store that answers later is down: two tries fit into a question's eight seconds, and then the person is told. */
const QDRANT_TIMEOUT_MS = 3_000;

const built = new WeakMap<Bindings, Parts>();

export function portsOf(environment: Bindings): Parts {
  const known = built.get(environment);
  if (known !== undefined) return known;
  const config = parseLlmQueryConfig(environment);
  const now = (): number => Date.now();
  // A bare `fetch` loses its `this` in workerd when it is called as a property of something else.
  const send: typeof fetch = (...call) => fetch(...call);
  const chat = rocketChatTeamChat({
    fetch: send,
    url: config.ROCKETCHAT_URL,
    userId: config.ROCKETCHAT_USER_ID,
    authToken: config.ROCKETCHAT_AUTH_TOKEN,
  });
  const parts: Parts = {
    config,
    now,
    random: () => Math.random(),
    log: createLog('llm-query'),
    chat,
    roomTypes: createRoomTypes(chat, now),
    documents: workerDocumentStore(config.google, environment),
    vectors: qdrantVectorReader({
      client: qdrantClient({
        url: config.QDRANT_URL,
        timeoutMs: QDRANT_TIMEOUT_MS,
        ...(config.QDRANT_API_KEY === undefined ? {} : { apiKey: config.QDRANT_API_KEY }),
      }),
      collection: config.QDRANT_ALIAS,
    }),
    embedder: embedderFromConfig('llm-query', config, { fetch: send, ai: environment.AI }),
    model: groqLanguageModel({
      fetch: send,
      apiKey: config.GROQ_API_KEY,
      baseUrl: config.GROQ_BASE_URL,
      model: config.GROQ_MODEL,
    }),
    scopes: config.ASSISTANT_SCOPES,
    botUserId: config.ROCKETCHAT_USER_ID,
    botUsername: config.ROCKETCHAT_BOT_USERNAME,
    words: config.ASSISTANT_SCOPES.words,
    links: linksTo({ guestyApp: config.GUESTY_APP_URL, aircallApp: config.AIRCALL_APP_URL }),
  };
  built.set(environment, parts);
  return parts;
}
