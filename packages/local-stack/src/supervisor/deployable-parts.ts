import { join } from 'node:path';
import { CHAT_TOPICS } from '@innkeeper/shared/contracts/chat-change';
import { BACKUP_JOBS, backupVariables, PUBLIC_BACKUP_FUNCTIONS, vaultVariables } from './backup-parts.ts';
import { local } from './connections.ts';
import { botVariables, embeddingsVariables, ownPart, present } from './own-part.ts';
import type { Part } from './part.ts';
import type { PartsOptions } from './parts.ts';
import { REPOSITORY } from './stack-home.ts';

/** What is deployed in production, and what stands around it: each told here what it would be told there. Pure. */

/** The functions of `vectorize` that follow a collection. */
const TRIGGERS = [
  { target: 'records', document: 'records/{id}' },
  { target: 'interactions', document: 'interactions/{id}' },
] as const;

const oidc = { audience: 'https://vectorize.innkeeper.example/chat', email: 'pubsub-push@innkeeper.example' };
const deadLetter = { topic: CHAT_TOPICS.dead, maxDeliveryAttempts: 100 };
const pushed = { oidc, deadLetter, ackDeadlineSeconds: 60 };

/** Its push subscriptions. What happens now never waits behind what is filled in. */
const SUBSCRIPTIONS = [
  { target: 'chat', topic: CHAT_TOPICS.live, ...pushed },
  { target: 'chat', topic: CHAT_TOPICS.backfill, ...pushed },
  { target: 'chat-dead', topic: CHAT_TOPICS.dead, oidc },
] as const;

const PUSHED = [...new Set(SUBSCRIPTIONS.map(({ target }) => target))];

/** Google's SDKs would look for a metadata server for seconds. */
const noMetadataServer = { METADATA_SERVER_DETECTION: 'none' };

const workloadVariables = {
  GOOGLE_WORKLOAD_AUDIENCE:
    '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/innkeeper/providers/workers',
  GOOGLE_WORKLOAD_ISSUER: 'https://innkeeper.example',
  GOOGLE_WORKLOAD_SUBJECT: 'workers',
};

export function tokenService({ connections, ports, secrets, programs }: PartsOptions): Part {
  return ownPart(programs, {
    name: 'google',
    port: ports.google,
    environment: {
      FIRESTORE_EMULATOR_HOST: connections.firestore.host,
      ...workloadVariables,
      GOOGLE_WORKLOAD_PUBLIC_KEY: JSON.stringify(secrets.workloadKey.publicKey),
    },
  });
}

export function functionsHost(options: PartsOptions): Part {
  const { connections, ports, programs } = options;
  const { firestore, qdrant, embeddings, rocketchat } = connections;
  const keysUrl = `${local(ports.gateway)}/oauth2/v3/certs`;
  const issuer = { issuer: 'https://accounts.google.com', keysUrl };
  return ownPart(programs, {
    name: 'functions-host',
    listedAs: ['vectorize', 'backup'],
    port: ports['functions-host'],
    environment: {
      FIRESTORE_EMULATOR_HOST: firestore.host,
      GOOGLE_CLOUD_PROJECT: connections.projectId,
      FIRESTORE_DATABASE: connections.database,
      ...noMetadataServer,
      QDRANT_URL: qdrant.url,
      QDRANT_API_KEY: qdrant.apiKey,
      QDRANT_ALIAS: qdrant.alias,
      ROCKETCHAT_USER_ID: rocketchat.userId,
      ...embeddingsVariables(embeddings),
      ...backupVariables(options),
    },
    configuration: {
      variable: 'FUNCTIONS_CONFIG',
      content: {
        entries: [programs.vectorize, programs.backup],
        targets: [
          ...TRIGGERS.map(({ target }) => ({ target, port: ports[target] })),
          ...PUSHED.map(target => ({ target, port: ports[target], invoker: { ...issuer, ...oidc } })),
          ...BACKUP_JOBS.map(({ name, oidc }) => ({
            target: name,
            port: ports[name],
            invoker: { ...issuer, ...oidc },
          })),
          ...PUBLIC_BACKUP_FUNCTIONS.map(target => ({ target, port: ports[target] })),
        ],
      },
    },
    dependsOn: ['firestore', 'qdrant', 'embeddings'],
  });
}

export function eventGateway({ connections, ports, programs }: PartsOptions): Part {
  const { firestore, pubsub } = connections;
  return ownPart(programs, {
    name: 'gateway',
    port: ports.gateway,
    environment: {},
    configuration: {
      variable: 'EVENTS_CONFIG',
      content: {
        projectId: connections.projectId,
        firestore: {
          host: firestore.host,
          triggers: TRIGGERS.map(({ target, document }) => ({
            name: `vectorize-${target}`,
            database: connections.database,
            document,
            url: local(ports[target]),
          })),
        },
        pubsub: {
          host: pubsub.host,
          subscriptions: SUBSCRIPTIONS.map(({ target, topic, ...rest }) => ({
            name: `vectorize-${topic}`,
            topic,
            endpoint: local(ports[target]),
            ...rest,
          })),
        },
        jobs: BACKUP_JOBS.map(job => ({ ...job, url: local(ports[job.name]) })),
      },
    },
    dependsOn: ['firestore', 'pubsub'],
  });
}

/** Follows the team chat from MongoDB. */
export function mongoListener({ connections, ports, secrets, programs }: PartsOptions): Part {
  const { firestore, pubsub, mongodb, rocketchat } = connections;
  const port = ports['mongo-listener'];
  return ownPart(programs, {
    name: 'mongo-listener',
    port,
    environment: {
      MONGODB_URI: mongodb.uri,
      GOOGLE_CLOUD_PROJECT: connections.projectId,
      FIRESTORE_EMULATOR_HOST: firestore.host,
      PUBSUB_EMULATOR_HOST: pubsub.host,
      FIRESTORE_DATABASE: connections.database,
      FIRESTORE_OPS_DATABASE: connections.opsDatabase,
      ...noMetadataServer,
      ROCKETCHAT_USER_ID: rocketchat.userId,
      ROCKETCHAT_BOT_USERNAME: rocketchat.username,
      ROCKETCHAT_WEBHOOK_TOKEN: rocketchat.webhookToken,
      QUESTIONS_URL: `${local(ports['llm-query'])}/questions`,
      STATUS_PORT: String(port),
      INSTANCE_ID: secrets.rocketchatUserId, // A restarted one takes its own lease back at once.
    },
    health: [`${local(port)}/healthz`],
    hasControl: false,
    dependsOn: ['firestore', 'pubsub', 'mongodb', 'gateway'], // The gateway makes the topics.
  });
}

const WORKERS = ['guesty-webhook', 'aircall-webhook', 'llm-query', 'backup-vault'] as const;

/** All Workers in one process; each on its own port. */
export function workersHost(options: PartsOptions): Part {
  const { ports, programs } = options;
  const variables = workerVariables(options);
  return ownPart(programs, {
    name: 'workers-host',
    listedAs: WORKERS,
    port: ports['workers-host'],
    environment: {},
    configuration: {
      variable: 'WORKERS_CONFIG',
      content: {
        workers: WORKERS.map(name => ({
          directory: join(REPOSITORY, 'workers', name),
          port: ports[name],
          variables: variables[name],
        })),
      },
    },
    health: WORKERS.map(name => `${local(ports[name])}/healthz#${name}`),
  });
}

function workerVariables(options: PartsOptions) {
  const { connections, ports, secrets, assistant } = options;
  const { qdrant, groq, embeddings, rocketchat, guesty, aircall } = connections;
  const google = {
    GOOGLE_CLOUD_PROJECT: connections.projectId,
    FIRESTORE_BASE_URL: `${local(ports.google)}/v1`,
    FIRESTORE_DATABASE: connections.database,
    ...workloadVariables,
    GOOGLE_WORKLOAD_KEY: JSON.stringify(secrets.workloadKey.privateKey),
    GOOGLE_STS_URL: `${local(ports.google)}/v1/token`,
  };
  const webhookWorker = (name: 'guesty-webhook' | 'aircall-webhook') => ({
    ...google,
    PUBLIC_URL: local(ports[name]),
    OPERATOR_TOKENS: secrets.operatorToken,
  });
  return {
    'guesty-webhook': {
      ...webhookWorker('guesty-webhook'),
      GUESTY_WEBHOOK_SECRETS: secrets.guestyWebhookSecret,
      GUESTY_BASE_URL: guesty.url,
      ...present({ GUESTY_TOKEN_URL: guesty.tokenUrl }),
      GUESTY_CLIENT_ID: guesty.id,
      GUESTY_CLIENT_SECRET: guesty.secret,
    },
    'aircall-webhook': {
      ...webhookWorker('aircall-webhook'),
      AIRCALL_WEBHOOK_TOKENS: secrets.aircallWebhookToken,
      AIRCALL_BASE_URL: aircall.url,
      AIRCALL_API_ID: aircall.id,
      AIRCALL_API_TOKEN: aircall.secret,
    },
    'llm-query': {
      ...google,
      ...botVariables(rocketchat),
      ROCKETCHAT_URL: rocketchat.url,
      ROCKETCHAT_WEBHOOK_TOKENS: rocketchat.webhookToken,
      QDRANT_URL: qdrant.url,
      QDRANT_API_KEY: qdrant.readOnlyApiKey,
      QDRANT_ALIAS: qdrant.alias,
      GROQ_BASE_URL: groq.url,
      GROQ_API_KEY: groq.apiKey,
      GROQ_MODEL: groq.model,
      ...embeddingsVariables(embeddings),
      ...assistant,
    },
    'backup-vault': vaultVariables(options),
  };
}
