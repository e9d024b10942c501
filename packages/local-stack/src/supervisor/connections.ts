import type { OutsideParts } from './outside-parts.ts';
import type { StackSecrets } from './secrets.ts';

/**
 * Where every component is and how one is let in: a stand-in of this stack, or what somebody brings from outside.
 * Pure; the one place where that choice is made.
 */
export interface Connections {
  readonly projectId: string;
  readonly database: string;
  /** Where the listener's position is: out of reach of what faces the internet. */
  readonly opsDatabase: string;
  readonly firestore: { readonly host: string; readonly standIn: boolean };
  readonly pubsub: { readonly host: string; readonly standIn: boolean };
  readonly mongodb: { readonly uri: string; readonly standIn: boolean };
  readonly qdrant: {
    readonly url: string;
    readonly apiKey: string;
    readonly readOnlyApiKey: string;
    readonly alias: string;
    readonly standIn: boolean;
  };
  readonly groq: { readonly url: string; readonly apiKey: string; readonly model: string; readonly standIn: boolean };
  readonly embeddings: Embeddings;
  readonly rocketchat: {
    readonly url: string;
    readonly userId: string;
    readonly authToken: string;
    readonly username: string;
    readonly webhookToken: string;
    readonly standIn: boolean;
  };
  readonly guesty: Partner & { readonly tokenUrl: string | undefined };
  readonly aircall: Partner;
  readonly hetzner: { readonly url: string; readonly token: string; readonly standIn: boolean };
  /** Keycloak's database: a real PostgreSQL. */
  readonly postgres: { readonly uri: string };
}

interface Partner {
  readonly url: string;
  readonly id: string;
  readonly secret: string;
  readonly standIn: boolean;
}

interface Embeddings {
  /** What `EMBEDDINGS_PROVIDER` said; every process is told `openai-compatible` where this is `local`. */
  readonly provider: OutsideParts['EMBEDDINGS_PROVIDER'];
  readonly url: string;
  readonly model: string | undefined;
  readonly dimensions: string | undefined;
  readonly apiKey: string | undefined;
  readonly standIn: boolean;
}

export const PORT_NAMES = [
  'firestore',
  'firestore-websocket',
  'pubsub',
  'gateway',
  'google',
  'qdrant',
  'groq',
  'embeddings',
  'mongodb',
  'mongodb-wire',
  'rocketchat',
  'guesty',
  'aircall',
  'hetzner',
  'postgres',
  'postgres-wire',
  'workers-host',
  'guesty-webhook',
  'aircall-webhook',
  'llm-query',
  'backup-vault',
  'functions-host',
  'records',
  'interactions',
  'chat',
  'chat-dead',
  'launch',
  'sweep',
  'exchange',
  'report',
  'mongo-listener',
] as const;
export type Ports = Readonly<Record<(typeof PORT_NAMES)[number], number>>;

/** What the npm model calls itself, and how long its vectors are. */
const LOCAL_MODEL = { name: 'universal-sentence-encoder-lite', dimensions: '512' };
const REAL_GROQ = 'https://api.groq.com/openai/v1';

export const local = (port: number): string => `http://127.0.0.1:${port}`;

export function connect(outside: OutsideParts, secrets: StackSecrets, ports: Ports): Connections {
  const emulator = (host: string | undefined, port: number) => ({
    host: host ?? `127.0.0.1:${port}`,
    standIn: host === undefined,
  });
  return {
    projectId: outside.GOOGLE_CLOUD_PROJECT,
    database: '(default)',
    opsDatabase: 'ops',
    firestore: emulator(outside.FIRESTORE_EMULATOR_HOST, ports.firestore),
    pubsub: emulator(outside.PUBSUB_EMULATOR_HOST, ports.pubsub),
    mongodb: {
      uri: outside.MONGODB_URI ?? `mongodb://127.0.0.1:${ports['mongodb-wire']}/rocketchat?replicaSet=rs0`,
      standIn: outside.MONGODB_URI === undefined,
    },
    qdrant: {
      url: outside.QDRANT_URL ?? local(ports.qdrant),
      // A server without keys takes any; an empty one would count as missing.
      apiKey: outside.QDRANT_URL === undefined ? secrets.qdrantApiKey : (outside.QDRANT_API_KEY ?? 'none'),
      readOnlyApiKey:
        outside.QDRANT_URL === undefined ? secrets.qdrantReadOnlyApiKey : (outside.QDRANT_API_KEY ?? 'none'),
      alias: outside.QDRANT_ALIAS,
      standIn: outside.QDRANT_URL === undefined,
    },
    groq: connectGroq(outside, secrets, ports),
    embeddings: connectEmbeddings(outside, secrets, ports),
    rocketchat: {
      url: outside.ROCKETCHAT_URL ?? local(ports.rocketchat),
      userId: outside.ROCKETCHAT_USER_ID ?? secrets.rocketchatUserId,
      authToken: outside.ROCKETCHAT_AUTH_TOKEN ?? secrets.rocketchatAuthToken,
      username: outside.ROCKETCHAT_BOT_USERNAME,
      webhookToken: outside.ROCKETCHAT_WEBHOOK_TOKEN ?? secrets.rocketchatWebhookToken,
      standIn: outside.ROCKETCHAT_URL === undefined,
    },
    guesty: {
      url: outside.GUESTY_BASE_URL ?? `${local(ports.guesty)}/v1`,
      tokenUrl: outside.GUESTY_TOKEN_URL,
      id: outside.GUESTY_CLIENT_ID ?? secrets.guestyClientId,
      secret: outside.GUESTY_CLIENT_SECRET ?? secrets.guestyClientSecret,
      standIn: outside.GUESTY_BASE_URL === undefined,
    },
    aircall: {
      url: outside.AIRCALL_BASE_URL ?? `${local(ports.aircall)}/v1`,
      id: outside.AIRCALL_API_ID ?? secrets.aircallApiId,
      secret: outside.AIRCALL_API_TOKEN ?? secrets.aircallApiToken,
      standIn: outside.AIRCALL_BASE_URL === undefined,
    },
    hetzner: {
      url: outside.HCLOUD_ENDPOINT ?? `${local(ports.hetzner)}/v1`,
      token: outside.HCLOUD_TOKEN ?? secrets.hetznerToken,
      standIn: outside.HCLOUD_ENDPOINT === undefined,
    },
    postgres: {
      uri: `postgres://keycloak:${secrets.postgresPassword}@127.0.0.1:${ports['postgres-wire']}/keycloak`,
    },
  };
}

function connectGroq(outside: OutsideParts, secrets: StackSecrets, ports: Ports): Connections['groq'] {
  const { GROQ_API_KEY: apiKey, GROQ_MODEL: model } = outside;
  if (apiKey !== undefined) return { url: outside.GROQ_BASE_URL ?? REAL_GROQ, apiKey, model, standIn: false };
  return { url: `${local(ports.groq)}/openai/v1`, apiKey: secrets.groqApiKey, model, standIn: true };
}

function connectEmbeddings(outside: OutsideParts, secrets: StackSecrets, ports: Ports): Embeddings {
  if (outside.EMBEDDINGS_PROVIDER === 'local') {
    return {
      provider: 'local',
      url: `${local(ports.embeddings)}/v1`,
      model: LOCAL_MODEL.name,
      dimensions: LOCAL_MODEL.dimensions,
      apiKey: secrets.embeddingsApiKey,
      standIn: true,
    };
  }
  return {
    provider: outside.EMBEDDINGS_PROVIDER,
    url: outside.EMBEDDINGS_URL ?? '',
    model: outside.EMBEDDINGS_MODEL,
    dimensions: outside.EMBEDDINGS_DIMENSIONS,
    apiKey: outside.EMBEDDINGS_API_KEY,
    standIn: false,
  };
}
