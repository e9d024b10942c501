import { setTimeout as pause } from 'node:timers/promises';
import { type CloudEvent, cloudEvent, http } from '@google-cloud/functions-framework';
import { embedderFromConfig } from '@innkeeper/shared/adapters/embeddings/embedder-from-config';
import { firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { ensureCollection } from '@innkeeper/shared/adapters/qdrant/ensure-collection';
import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { qdrantVectorWriter } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-writer';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { createLog } from '@innkeeper/shared/log/log';
import type { VectorStoreError } from '@innkeeper/shared/ports/vector-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { groupCommit } from './chat/group-commit.ts';
import { handleDeadLetter } from './chat/handle-dead-letter.ts';
import { type ChatPorts, handlePush } from './chat/handle-push.ts';
import { ACKNOWLEDGED } from './chat/push-status.ts';
import { VectorizeConfig } from './config.ts';
import { handleEvent } from './handler.ts';
import { handleLinkEvent, type LinkEventPorts } from './link/handle-link-event.ts';

/** Composition root: configuration once per instance; two Firestore triggers, two Pub/Sub pushes. */
const log = createLog('vectorize');
const config = parseConfig('vectorize', VectorizeConfig, process.env);
const client = qdrantClient({ url: config.QDRANT_URL, apiKey: config.QDRANT_API_KEY });
const embedder = embedderFromConfig('vectorize', config, { fetch: (...call) => fetch(...call) });

let collection: Promise<Result<void, VectorStoreError>> | undefined;

const store = firestoreSdk({ project: config.GOOGLE_CLOUD_PROJECT, database: config.FIRESTORE_DATABASE });
const ports: ChatPorts = {
  store,
  groups: groupCommit(store),
  assistantId: config.ROCKETCHAT_USER_ID,
  vectors: qdrantVectorWriter({ client, collection: config.QDRANT_ALIAS }),
  embedder,
  pointId,
  log,
  prepare,
  now: () => new Date(),
  pause,
  random: Math.random,
};

const linkPorts: LinkEventPorts = {
  store,
  log,
  pause,
  wait: pause,
  random: Math.random,
  now: () => Date.now(),
  region: config.PHONE_REGION_DEFAULT,
};

cloudEvent('records', onRecordWritten);
cloudEvent('interactions', onWritten);
http('chat', async (request, response) => {
  const status = await handlePush(ports, request.body);
  if (status !== ACKNOWLEDGED) lookAgain();
  response.status(status).end();
});
http('chat-dead', async (request, response) => {
  response.status(await handleDeadLetter(ports, request.body)).end();
});

// A question may come before the first document: it should find nothing rather than no collection.
void prepare();

/** Linked first: a call that has its guests by then is indexed once, with them. Neither keeps the other from happening. */
async function onRecordWritten(event: CloudEvent<unknown>): Promise<void> {
  const [linked] = await Promise.allSettled([handleLinkEvent(linkPorts, event)]);
  await onWritten(event);
  if (linked.status === 'rejected') throw linked.reason;
}

async function onWritten(event: CloudEvent<unknown>): Promise<void> {
  try {
    await handleEvent(ports, event);
  } catch (error) {
    lookAgain();
    throw error;
  }
}

/** The cause of a failure may be the collection: the next call makes sure of it again. */
function lookAgain(): void {
  collection = undefined;
}

/** Once per instance while all goes well. */
function prepare(): Promise<Result<void, VectorStoreError>> {
  collection ??= ensureCollection({
    client,
    alias: config.QDRANT_ALIAS,
    model: embedder.model,
    dimensions: embedder.dimensions,
  }).then(ensured => {
    if (ensured.ok) return ok(undefined);
    collection = undefined;
    log.error('collection.refused', { reason: ensured.error.kind, detail: ensured.error.detail });
    return ensured;
  });
  return collection;
}
