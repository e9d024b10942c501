import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@innkeeper/local-stack/emulators/free-port';
import { GatewayConfig } from '@innkeeper/local-stack/events/gateway-config';
import { startEventGateway } from '@innkeeper/local-stack/events/start-event-gateway';
import { startEmbeddings } from '@innkeeper/local-stack/stand-ins/embeddings/start-embeddings';
import { startQdrant } from '@innkeeper/local-stack/stand-ins/qdrant/start-qdrant';
import type { StandInServer } from '@innkeeper/local-stack/stand-ins/stand-in-server';
import { firestoreRest } from '@innkeeper/shared/adapters/firestore/firestore-rest';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { qdrantVectorReader } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-reader';
import { Secret } from '@innkeeper/shared/config/secret';
import { CHAT_TOPICS, type ChatChange } from '@innkeeper/shared/contracts/chat-change';
import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import type { DocumentFields, DocumentPath, DocumentWrite } from '@innkeeper/shared/ports/document-store';
import type { VectorReader } from '@innkeeper/shared/ports/vector-store';
import { ok } from '@innkeeper/shared/result/result';
import { firestoreEmulatorHost, pubsubEmulatorHost, receiveTriggers } from '@innkeeper/shared/testing/emulator-hosts';
import { hashVector } from '@innkeeper/shared/testing/hash-embedder';
import { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts';
import { type FunctionsProcess, functionsProcess } from './functions-process.ts';

/**
 * From a written document to a point, every edge real: the Firestore emulator under a project of its own, the event
 * gateway, the functions in their framework and process, Qdrant and an embedding server over HTTP.
 */
export interface Pipeline {
  readonly functions: FunctionsProcess;
  /** Between the functions and Firestore; nobody else uses it. */
  readonly firestoreLink: CuttableProxy;
  readonly embeddings: StandInServer;
  readonly vectors: VectorReader;
  /** For requests to Qdrant that only an operator makes; answers with the status. */
  askQdrant(method: 'PUT' | 'DELETE', path: string, body?: object): Promise<number>;
  stopQdrant(): Promise<void>;
  /** On its old address, with what it held. */
  restartQdrant(): Promise<void>;
  write(...documents: readonly (readonly [DocumentPath, object])[]): Promise<void>;
  remove(document: DocumentPath): Promise<void>;
  read(document: DocumentPath): Promise<DocumentFields | undefined>;
  /** As the listener does: one message for each change, or any text in its place. */
  publish(
    changes: readonly (ChatChange | string)[],
    topic?: 'live' | 'backfill',
    attributes?: Readonly<Record<string, string>>,
  ): Promise<void>;
  /** Payloads of a document's points, chunks in order; none while Qdrant or the collection is away. */
  pointsOf(docKey: string): Promise<PointPayload[]>;
  /** Events the gateway holds because no function has taken them yet. */
  undelivered(): number;
  close(): Promise<void>;
}

export const DIMENSIONS = 64;
export const COLLECTION = `innkeeper_hash_${DIMENSIONS}`;
export const ASSISTANT_ID = 'assistant1';
const KEY = 'write';

/** Words to positions: enough for tests, which never depend on what two words mean. */
const model = {
  name: 'hash',
  dimensions: DIMENSIONS,
  embed: (texts: readonly string[]) => Promise.resolve(texts.map(text => hashVector(text, DIMENSIONS))),
};

export async function startPipeline(options: { attemptsMax?: number } = {}): Promise<Pipeline> {
  const directory = mkdtempSync(path.join(tmpdir(), 'vectorize-'));
  const project = `vectorize-${randomUUID().slice(0, 8)}`;
  const host = firestoreEmulatorHost();
  const firestoreLink = await startCuttableProxy(host);
  const qdrantOptions = { apiKey: KEY, readOnlyApiKey: 'read', stateDirectory: path.join(directory, 'qdrant') };
  let qdrant = await startQdrant({ port: 0, ...qdrantOptions });
  const embeddings = await startEmbeddings({ port: 0, model });
  const gatewayPort = await freePort();
  const pusher = { audience: 'https://chat.example', email: 'chat-pusher@example.com' };
  const variables = {
    FIRESTORE_EMULATOR_HOST: firestoreLink.host,
    GOOGLE_CLOUD_PROJECT: project,
    METADATA_SERVER_DETECTION: 'none', // Google's SDK would look for one for seconds.
    QDRANT_URL: qdrant.url,
    QDRANT_API_KEY: KEY,
    EMBEDDINGS_PROVIDER: 'openai-compatible',
    EMBEDDINGS_URL: `${embeddings.url}/v1`,
    EMBEDDINGS_MODEL: model.name,
    EMBEDDINGS_DIMENSIONS: String(DIMENSIONS),
    ROCKETCHAT_USER_ID: ASSISTANT_ID,
  };
  const issuer = 'https://accounts.google.com';
  const keysUrl = `http://127.0.0.1:${gatewayPort}/oauth2/v3/certs`;
  const functions = await functionsProcess(directory, variables, { issuer, keysUrl, ...pusher });
  await functions.start();

  await receiveTriggers(project, `http://127.0.0.1:${gatewayPort}`);
  const triggers = [
    { name: 'records', document: 'records/{id}', url: functions.urls.records },
    { name: 'interactions', document: 'interactions/{id}', url: functions.urls.interactions },
  ];
  const push = { oidc: pusher, backOff: { minMs: 20, maxMs: 200 } };
  const deadLetter = { topic: CHAT_TOPICS.dead, maxDeliveryAttempts: options.attemptsMax ?? 100 };
  const chat = { ...push, endpoint: functions.urls.chat, deadLetter };
  const subscriptions = [
    { name: 'vectorize-chat-live', topic: CHAT_TOPICS.live, ...chat },
    { name: 'vectorize-chat-backfill', topic: CHAT_TOPICS.backfill, ...chat },
    { name: 'vectorize-chat-dead', topic: CHAT_TOPICS.dead, ...push, endpoint: functions.urls['chat-dead'] },
  ];
  const gateway = await startEventGateway({
    config: GatewayConfig.parse({
      projectId: project,
      issuer,
      firestore: { host, triggers, backOff: { minMs: 20, maxMs: 200 } },
      pubsub: { host: pubsubEmulatorHost(), subscriptions },
    }),
    stateDirectory: path.join(directory, 'gateway'),
    port: gatewayPort,
    log: { info() {}, warn() {}, error() {} },
  });

  const documents = firestoreRest({
    baseUrl: `http://${host}/v1`,
    project,
    database: '(default)',
    tokens: { token: () => Promise.resolve(ok('owner')) },
    fetch,
    random: Math.random,
    sleep: () => Promise.resolve(),
  });
  const commit = async (writes: readonly DocumentWrite[]): Promise<void> => {
    const written = await documents.commit(writes);
    if (!written.ok) throw new Error(written.error.detail);
  };
  const vectors = qdrantVectorReader({
    client: qdrantClient({ url: qdrant.url, apiKey: new Secret(KEY) }),
    collection: 'innkeeper',
  });
  return {
    functions,
    firestoreLink,
    embeddings,
    vectors,
    async askQdrant(method, resource, body) {
      const headers = { 'api-key': KEY, 'content-type': 'application/json' };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      return (await fetch(`${qdrant.url}${resource}`, { method, headers, ...sent })).status;
    },
    stopQdrant: () => qdrant.close(),
    async restartQdrant() {
      qdrant = await startQdrant({ port: qdrant.port, ...qdrantOptions });
    },
    write: (...written) =>
      commit(
        written.map(([document, fields]) => ({
          op: 'set',
          path: document,
          fields: JSON.parse(JSON.stringify(fields)) as DocumentFields,
        })),
      ),
    remove: document => commit([{ op: 'delete', path: document }]),
    async read(document) {
      const read = await documents.getAll([document]);
      if (!read.ok) throw new Error(read.error.detail);
      return read.value[0]?.fields;
    },
    async publish(changes, topic = 'live', attributes = {}) {
      const messages = changes.map(change => ({
        data: Buffer.from(typeof change === 'string' ? change : JSON.stringify(change)).toString('base64'),
        attributes: typeof change === 'string' ? attributes : { kind: change.kind, v: '1', ...attributes },
      }));
      const url = `http://${pubsubEmulatorHost()}/v1/projects/${project}/topics/${CHAT_TOPICS[topic]}:publish`;
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ messages }) });
      if (!response.ok) throw new Error(`publishing answered ${response.status}`);
    },
    async pointsOf(docKey) {
      const found = await vectors.scrollAll({ must: [{ field: 'docKey', equals: docKey }] }, { maxPoints: 100 });
      return found.ok ? found.value.toSorted((left, right) => left.chunk - right.chunk) : [];
    },
    undelivered: () =>
      Object.values(gateway.pending()).reduce((sum, { waiting, inFlight }) => sum + waiting + inFlight, 0),
    async close() {
      await gateway.close();
      await functions.kill();
      await firestoreLink.close();
      await Promise.all([qdrant.close(), embeddings.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
