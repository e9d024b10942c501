import { join } from 'node:path';
import type { EmulatorJars } from '../emulators/emulator-jars.ts';
import { firestoreCommand } from '../emulators/firestore.ts';
import type { JavaCommand } from '../emulators/java-process.ts';
import { pubsubCommand } from '../emulators/pubsub.ts';
import { type Connections, local, type Ports } from './connections.ts';
import type { Part } from './part.ts';
import { NODE_FLAGS, type ProgramName, type Programs } from './programs.ts';
import type { StackSecrets } from './secrets.ts';
import { REPOSITORY } from './stack-home.ts';

/**
 * The parts of the local stack, one after the other: what each is told and whom it needs. A part that somebody brings
 * from outside is not in the list. Pure.
 */
export interface PartsOptions {
  readonly connections: Connections;
  readonly secrets: StackSecrets;
  readonly ports: Ports;
  /** Absent when both emulators come from outside. */
  readonly jars: EmulatorJars | undefined;
  readonly assistantScopes: string;
  readonly programs: Programs;
}

export function listParts(options: PartsOptions): Part[] {
  const { connections, ports, secrets, jars, programs } = options;
  const { firestore, pubsub, qdrant, groq, embeddings, rocketchat, guesty, aircall } = connections;
  const parts: Part[] = [];
  const ours = (about: OwnPart): Part => ownPart(programs, about);
  const standIn = (name: ProgramName & keyof Ports, environment: OwnPart['environment']): Part =>
    ours({ name, port: ports[name], environment });

  if (firestore.standIn && jars !== undefined) {
    const command = firestoreCommand({
      jar: jars.firestore,
      port: ports.firestore,
      websocketPort: ports['firestore-websocket'],
      functionsEmulator: `127.0.0.1:${ports.gateway}`,
      projectId: connections.projectId,
    });
    parts.push(emulator('firestore', command));
  }
  if (pubsub.standIn && jars !== undefined) {
    parts.push(emulator('pubsub', pubsubCommand({ jar: jars.pubsub, port: ports.pubsub })));
  }
  if (qdrant.standIn) {
    const environment = { QDRANT_API_KEY: qdrant.apiKey, QDRANT_READ_ONLY_API_KEY: qdrant.readOnlyApiKey };
    parts.push(standIn('qdrant', environment));
  }
  if (groq.standIn) parts.push(standIn('groq', { GROQ_API_KEY: groq.apiKey }));
  if (embeddings.standIn) {
    parts.push(standIn('embeddings', { EMBEDDINGS_API_KEY: secrets.embeddingsApiKey }));
  }
  if (rocketchat.standIn) {
    const environment = {
      ...botVariables(rocketchat),
      OUTGOING_WEBHOOK_URL: `${local(ports['llm-query'])}/questions`,
      OUTGOING_WEBHOOK_TOKEN: rocketchat.webhookToken,
    };
    parts.push(standIn('rocketchat', environment));
  }
  if (guesty.standIn) {
    const environment = { GUESTY_CLIENT_ID: guesty.id, GUESTY_CLIENT_SECRET: guesty.secret };
    parts.push(standIn('guesty', environment));
  }
  if (aircall.standIn) {
    parts.push(standIn('aircall', { AIRCALL_API_ID: aircall.id, AIRCALL_API_TOKEN: aircall.secret }));
  }

  parts.push(
    ours({
      name: 'google',
      port: ports.google,
      environment: {
        FIRESTORE_EMULATOR_HOST: firestore.host,
        ...workloadVariables,
        GOOGLE_WORKLOAD_PUBLIC_KEY: JSON.stringify(secrets.workloadKey.publicKey),
      },
    }),
    ours({
      name: 'functions-host',
      listedAs: ['vectorize'],
      port: ports['functions-host'],
      environment: {
        FIRESTORE_EMULATOR_HOST: firestore.host,
        GOOGLE_CLOUD_PROJECT: connections.projectId,
        FIRESTORE_DATABASE: connections.database,
        METADATA_SERVER_DETECTION: 'none', // The Google SDK would look for one for seconds.
        QDRANT_URL: qdrant.url,
        QDRANT_API_KEY: qdrant.apiKey,
        QDRANT_ALIAS: qdrant.alias,
        ...embeddingsVariables(embeddings),
      },
      configuration: {
        variable: 'FUNCTIONS_CONFIG',
        content: {
          entry: programs.vectorize,
          targets: TRIGGERS.map(({ target }) => ({ target, port: ports[target] })),
        },
      },
      dependsOn: ['firestore', 'qdrant', 'embeddings'],
    }),
    ours({
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
          pubsub: { host: pubsub.host, subscriptions: [] },
        },
      },
      dependsOn: ['firestore', 'pubsub'],
    }),
    workersHost(options),
  );
  return parts.map(part => ({
    ...part,
    dependsOn: part.dependsOn.filter(name => parts.some(other => other.name === name)),
  }));
}

/** Both functions of `vectorize`, by the collection whose documents they follow. */
const TRIGGERS = [
  { target: 'records', document: 'records/{id}' },
  { target: 'interactions', document: 'interactions/{id}' },
] as const;

const workloadVariables = {
  GOOGLE_WORKLOAD_AUDIENCE:
    '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/innkeeper/providers/workers',
  GOOGLE_WORKLOAD_ISSUER: 'https://innkeeper.example',
  GOOGLE_WORKLOAD_SUBJECT: 'workers',
};

/** All Workers in one process; each on its own port, told what the deployed one would be told. */
function workersHost({ connections, ports, secrets, assistantScopes, programs }: PartsOptions): Part {
  const { qdrant, groq, embeddings, rocketchat, guesty } = connections;
  const google = {
    GOOGLE_CLOUD_PROJECT: connections.projectId,
    FIRESTORE_BASE_URL: `${local(ports.google)}/v1`,
    FIRESTORE_DATABASE: connections.database,
    ...workloadVariables,
    GOOGLE_WORKLOAD_KEY: JSON.stringify(secrets.workloadKey.privateKey),
    GOOGLE_STS_URL: `${local(ports.google)}/v1/token`,
  };
  const variables = {
    'guesty-webhook': {
      ...google,
      GUESTY_WEBHOOK_SECRETS: secrets.guestyWebhookSecret,
      GUESTY_BASE_URL: guesty.url,
      ...present({ GUESTY_TOKEN_URL: guesty.tokenUrl }),
      GUESTY_CLIENT_ID: guesty.id,
      GUESTY_CLIENT_SECRET: guesty.secret,
    },
    'aircall-webhook': { ...google, AIRCALL_WEBHOOK_TOKENS: secrets.aircallWebhookToken },
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
      ASSISTANT_SCOPES: assistantScopes,
    },
  };
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

const WORKERS = ['guesty-webhook', 'aircall-webhook', 'llm-query'] as const;

function emulator(name: string, java: JavaCommand): Part {
  return {
    name,
    listedAs: [name],
    command: java.command,
    args: java.args,
    environment: {},
    health: [`${local(java.port)}/`],
    dependsOn: [],
  };
}

interface OwnPart {
  readonly name: ProgramName;
  readonly listedAs?: readonly string[];
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly configuration?: Part['configuration'];
  readonly health?: readonly string[];
  readonly dependsOn?: readonly string[];
}

/** A process of this package, which answers `/_control/health`. */
function ownPart(programs: Programs, about: OwnPart): Part {
  const { name, port, configuration } = about;
  return {
    name,
    listedAs: about.listedAs ?? [name],
    command: process.execPath,
    args: [...NODE_FLAGS, programs[name]],
    environment: { PORT: String(port), ...about.environment },
    ...(configuration === undefined ? {} : { configuration }),
    health: [`${local(port)}/_control/health`, ...(about.health ?? [])],
    dependsOn: about.dependsOn ?? [],
  };
}

const botVariables = (rocketchat: Connections['rocketchat']) => ({
  ROCKETCHAT_USER_ID: rocketchat.userId,
  ROCKETCHAT_AUTH_TOKEN: rocketchat.authToken,
  ROCKETCHAT_BOT_USERNAME: rocketchat.username,
});

function embeddingsVariables(embeddings: Connections['embeddings']): Record<string, string> {
  return {
    EMBEDDINGS_PROVIDER: embeddings.provider === 'local' ? 'openai-compatible' : embeddings.provider,
    EMBEDDINGS_URL: embeddings.url,
    ...present({
      EMBEDDINGS_MODEL: embeddings.model,
      EMBEDDINGS_DIMENSIONS: embeddings.dimensions,
      EMBEDDINGS_API_KEY: embeddings.apiKey,
    }),
  };
}

const present = (variables: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
