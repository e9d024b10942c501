import type { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
import { workerDocumentStore } from '@innkeeper/shared/adapters/cloudflare/worker-document-store';
import { embedderFromConfig } from '@innkeeper/shared/adapters/embeddings/embedder-from-config';
import type { WorkersAi } from '@innkeeper/shared/adapters/embeddings/workers-ai-binding';
import { languageModelFromConfig } from '@innkeeper/shared/adapters/groq/language-model-from-config';
import { qdrantQueries } from '@innkeeper/shared/adapters/qdrant/qdrant-queries';
import { qdrantVectorReader } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-reader';
import { rocketChatTeamChat } from '@innkeeper/shared/adapters/rocketchat/rocketchat-team-chat';
import { createLog } from '@innkeeper/shared/log/log';
import type { TeamChat } from '@innkeeper/shared/ports/team-chat';
import type { Allowance } from './allowance/allowance.ts';
import { ALLOWANCE_NAME } from './allowance/allowance.ts';
import { tokenLimits } from './allowance/allowance-variables.ts';
import { allowedModel } from './allowance/allowed-model.ts';
import type { PostPorts } from './briefing/settle-post.ts';
import { linksTo } from './compose/links.ts';
import type { LlmQueryConfig } from './config.ts';
import { parseLlmQueryConfig } from './config.ts';
import { createRoomTypes } from './conversation/room-types.ts';
import type { WorkPorts } from './conversation/work-on-questions.ts';
import type { ModelCheck } from './model-check.ts';
import { createModelCheck } from './model-check.ts';
import type { Outbox } from './outbox/outbox.ts';
import { OUTBOX_NAME } from './outbox/outbox.ts';
import type { Sender } from './outbox/pacing.ts';
import { createPacing } from './outbox/pacing.ts';

/** The composition root: environment to configuration to adapters. Built once per isolate, no I/O. */
export interface Bindings extends Record<string, unknown> {
  readonly GOOGLE_TOKEN: DurableObjectNamespace<GoogleTokenKeeper>;
  readonly OUTBOX: DurableObjectNamespace<Outbox>;
  readonly ALLOWANCE: DurableObjectNamespace<Allowance>;
  readonly AI?: WorkersAi;
}

export interface Parts extends WorkPorts, PostPorts {
  readonly config: LlmQueryConfig;
  readonly modelCheck: ModelCheck;
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
  const log = createLog('llm-query');
  const outbox = (): DurableObjectStub<Outbox> => environment.OUTBOX.getByName(OUTBOX_NAME);
  const books = (): DurableObjectStub<Allowance> => environment.ALLOWANCE.getByName(ALLOWANCE_NAME);
  const pacing = createPacing({
    outbox: {
      turn: async request => await outbox().turn(request),
      heard: async (endpoint, limit) => await outbox().heard(endpoint, limit),
    },
    now,
    log,
  });
  const chatFor = (sender: Sender): TeamChat =>
    rocketChatTeamChat({
      fetch: send,
      url: config.ROCKETCHAT_URL,
      userId: config.ROCKETCHAT_USER_ID,
      authToken: config.ROCKETCHAT_AUTH_TOKEN,
      pace: pacing(sender),
    });
  // One for all: it remembers which model rests.
  const model = languageModelFromConfig(config, { fetch: send, now, log });
  const parts: Parts = {
    config,
    modelCheck: createModelCheck(config, { fetch: send, log }),
    now,
    random: () => Math.random(),
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    log,
    chat: chatFor({ ticket: 'notices', asker: 'notices', urgency: 'notice' }),
    chatFor,
    roomTypes: createRoomTypes(chatFor({ ticket: 'rooms', asker: 'rooms', urgency: 'answer' }), now),
    documents: workerDocumentStore(config.google, environment),
    vectors: qdrantVectorReader({
      client: qdrantQueries({
        fetch: send,
        url: config.QDRANT_URL,
        timeoutMs: QDRANT_TIMEOUT_MS,
        ...(config.QDRANT_API_KEY === undefined ? {} : { apiKey: config.QDRANT_API_KEY }),
      }),
      collection: config.QDRANT_ALIAS,
    }),
    embedder: embedderFromConfig('llm-query', config, { fetch: send, ai: environment.AI }),
    modelFor: person =>
      allowedModel({
        model,
        books: {
          book: async (request, limits) => await books().book(request, limits),
          correct: async (id, tokens) => await books().correct(id, tokens),
        },
        limits: tokenLimits(config),
        person,
        now,
        log,
      }),
    scopes: config.ASSISTANT_SCOPES,
    briefings: config.ASSISTANT_BRIEFINGS,
    newsQuietMs: config.ASSISTANT_NEWS_QUIET_SECONDS * 1000,
    botUserId: config.ROCKETCHAT_USER_ID,
    botUsername: config.ROCKETCHAT_BOT_USERNAME,
    words: config.ASSISTANT_SCOPES.words,
    links: linksTo({ guestyApp: config.GUESTY_APP_URL, aircallApp: config.AIRCALL_APP_URL }),
  };
  built.set(environment, parts);
  return parts;
}
