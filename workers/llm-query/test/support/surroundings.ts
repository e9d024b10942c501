import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGoogle } from '@innkeeper/local-stack/google/start-google';
import { generateWorkloadKey } from '@innkeeper/local-stack/google/workload-key';
import { startEmbeddings } from '@innkeeper/local-stack/stand-ins/embeddings/start-embeddings';
import { startGroq } from '@innkeeper/local-stack/stand-ins/groq/start-groq';
import { startMongo } from '@innkeeper/local-stack/stand-ins/mongodb/start-mongo';
import { startQdrant } from '@innkeeper/local-stack/stand-ins/qdrant/start-qdrant';
import { startRocketChat } from '@innkeeper/local-stack/stand-ins/rocketchat/start-rocketchat';
import { firestoreRest } from '@innkeeper/shared/adapters/firestore/firestore-rest';
import { ensureCollection } from '@innkeeper/shared/adapters/qdrant/ensure-collection';
import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { qdrantVectorWriter } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-writer';
import { Secret } from '@innkeeper/shared/config/secret';
import type { ChatMessageDocument } from '@innkeeper/shared/contracts/chat-documents';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { DocumentFields, DocumentPath, DocumentStore } from '@innkeeper/shared/ports/document-store';
import { ok } from '@innkeeper/shared/result/result';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { toPayloads } from '@innkeeper/vectorize/converge/points';
import type { Subject } from '@innkeeper/vectorize/converge/subject';
import { describeChatMessage } from '@innkeeper/vectorize/text/describe-chat-message';
import { describeRecord } from '@innkeeper/vectorize/text/describe-record';
import { joinKeys, toJoined } from '@innkeeper/vectorize/text/joins';

/**
 * Everything the assistant speaks to, in this process: the stand-ins on free ports, and the shared Firestore emulator
 * under a project of its own behind the proxy that demands a Worker's token.
 */
export interface Surroundings {
  readonly stateDirectory: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly chatUrl: string;
  readonly groqUrl: string;
  readonly qdrantUrl: string;
  readonly documents: DocumentStore;
  /** Writes records to Firestore and their points to Qdrant, as the pipeline would have. */
  put(records: readonly BusinessRecord[]): Promise<void>;
  /** Writes documents as they are. */
  store(entries: readonly (readonly [DocumentPath, object])[]): Promise<void>;
  /** Writes a colleague's message to Firestore and its point to Qdrant, as the pipeline would have. */
  say(messageId: string, message: ChatMessage): Promise<void>;
  close(): Promise<void>;
}

export type ChatMessage = Extract<ChatMessageDocument, { deleted: false }>;

export const BOT = { userId: 'botUserId00000001', username: 'innkeeper', authToken: 'bot-token' };
export const TOKEN = 'rcOutgoingToken0000000001';

const MODEL = 'letters';
const DIMENSIONS = 26;
const ISSUER = 'https://llm-query.innkeeper.example';
const AUDIENCE = '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/innkeeper/providers/workers';

/** Which letters a text has: enough for tests, which never depend on what two words mean. */
const letters = {
  name: MODEL,
  dimensions: DIMENSIONS,
  embed: (texts: readonly string[]) =>
    Promise.resolve(
      texts.map(text =>
        Array.from(
          { length: DIMENSIONS },
          (_, index) => text.toLowerCase().split(String.fromCharCode(97 + index)).length - 1 + 0.01,
        ),
      ),
    ),
};

export async function startSurroundings(scopes?: object): Promise<Surroundings> {
  const stateDirectory = mkdtempSync(path.join(tmpdir(), 'llm-query-'));
  const at = (name: string): string => path.join(stateDirectory, name);
  const keys = await generateWorkloadKey();
  const workload = { audience: AUDIENCE, issuer: ISSUER, subject: 'llm-query', publicKeys: [keys.publicKey] };
  const project = `llm-query-${crypto.randomUUID().slice(0, 8)}`;
  const mongo = await startMongo();
  const [google, chat, groq, qdrant, embeddings] = await Promise.all([
    startGoogle({ port: 0, stateDirectory: at('google'), firestoreHost: firestoreEmulatorHost(), workload }),
    startRocketChat({ port: 0, mongodbUri: mongo.uri, bot: BOT }),
    startGroq({ port: 0 }),
    startQdrant({ port: 0, apiKey: 'write', readOnlyApiKey: 'read' }),
    startEmbeddings({ port: 0, model: letters }),
  ]);
  const documents = firestoreRest({
    baseUrl: `http://${firestoreEmulatorHost()}/v1`,
    project,
    database: '(default)',
    tokens: { token: () => Promise.resolve(ok('owner')) },
    fetch,
    random: () => 0.5,
    sleep: () => Promise.resolve(),
  });
  const client = qdrantClient({ url: qdrant.url, apiKey: new Secret('write') });
  const collection = await ensureCollection({ client, alias: 'innkeeper', model: MODEL, dimensions: DIMENSIONS });
  if (!collection.ok) throw new Error(collection.error.detail);
  const writer = qdrantVectorWriter({ client, collection: 'innkeeper' });
  const store = async (entries: readonly (readonly [DocumentPath, object])[]): Promise<void> => {
    const written = await documents.commit(
      entries.map(([path, fields]) => ({
        op: 'set',
        path,
        fields: JSON.parse(JSON.stringify(fields)) as DocumentFields,
      })),
    );
    if (!written.ok) throw new Error(written.error.detail);
  };
  const index = async (subject: Omit<Subject, 'version'>): Promise<void> => {
    const payloads = toPayloads({ ...subject, version: Date.now() * 1000 });
    const vectors = await letters.embed(payloads.map(payload => payload.text));
    const stored = await writer.upsert(
      payloads.map((payload, chunk) => ({
        id: pointId(subject.docKey, chunk),
        payload,
        ...(vectors[chunk] === undefined ? {} : { dense: vectors[chunk] }),
      })),
    );
    if (!stored.ok) throw new Error(stored.error.detail);
  };
  const put = async (records: readonly BusinessRecord[]): Promise<void> => {
    await store(records.map(record => [`records/${record.key}`, record]));
    for (const record of records) {
      const near = new Set<string>(joinKeys(record));
      const joined = toJoined(records.filter(other => near.has(other.key) || other.kind === 'listing'));
      const searchable = describeRecord(record, joined);
      if (searchable === undefined) continue; // kept for operators, never searched
      await index({
        docKey: record.key,
        kind: record.kind,
        source: record.source,
        deleted: record.deleted,
        searchable,
      });
    }
  };
  const say = async (messageId: string, message: ChatMessage): Promise<void> => {
    await store([[`chatMessages/${messageId}`, message]]);
    const docKey = `chat-message:${messageId}`;
    const searchable = describeChatMessage(message);
    await index({ docKey, kind: 'chat-message', source: 'rocketchat', deleted: false, searchable });
  };
  return {
    stateDirectory,
    chatUrl: chat.url,
    groqUrl: groq.url,
    qdrantUrl: qdrant.url,
    documents,
    put,
    store,
    say,
    variables: {
      GOOGLE_CLOUD_PROJECT: project,
      FIRESTORE_BASE_URL: `${google.url}/v1`,
      GOOGLE_STS_URL: `${google.url}/v1/token`,
      GOOGLE_WORKLOAD_AUDIENCE: AUDIENCE,
      GOOGLE_WORKLOAD_ISSUER: ISSUER,
      GOOGLE_WORKLOAD_SUBJECT: 'llm-query',
      GOOGLE_WORKLOAD_KEY: JSON.stringify(keys.privateKey),
      ROCKETCHAT_URL: chat.url,
      ROCKETCHAT_USER_ID: BOT.userId,
      ROCKETCHAT_AUTH_TOKEN: BOT.authToken,
      ROCKETCHAT_BOT_USERNAME: BOT.username,
      ROCKETCHAT_WEBHOOK_TOKENS: `older-token,${TOKEN}`,
      QDRANT_URL: qdrant.url,
      QDRANT_API_KEY: 'read',
      GROQ_BASE_URL: `${groq.url}/openai/v1`,
      GROQ_API_KEY: 'gsk',
      EMBEDDINGS_PROVIDER: 'openai-compatible',
      EMBEDDINGS_URL: `${embeddings.url}/v1`,
      EMBEDDINGS_MODEL: MODEL,
      EMBEDDINGS_DIMENSIONS: String(DIMENSIONS),
      ASSISTANT_SCOPES: JSON.stringify(scopes ?? { rooms: { '*': 'full' }, users: { '*': 'full' } }),
    },
    async close() {
      await Promise.all([google.close(), chat.close(), groq.close(), qdrant.close(), embeddings.close()]);
      await mongo.close();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}
