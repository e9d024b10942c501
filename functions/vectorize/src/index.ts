import { setTimeout as pause } from 'node:timers/promises';
import { type CloudEvent, cloudEvent } from '@google-cloud/functions-framework';
import { embedderFromConfig } from '@innkeeper/shared/adapters/embeddings/embedder-from-config';
import { firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { ensureCollection } from '@innkeeper/shared/adapters/qdrant/ensure-collection';
import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { qdrantVectorWriter } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-writer';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { createLog } from '@innkeeper/shared/log/log';
import { VectorizeConfig } from './config.ts';
import { type HandlerPorts, handleEvent, RedeliverError } from './handler.ts';

/** Composition root: configuration once per instance, both Firestore triggers on one handler. */
const log = createLog('vectorize');
const config = parseConfig('vectorize', VectorizeConfig, process.env);
const client = qdrantClient({ url: config.QDRANT_URL, apiKey: config.QDRANT_API_KEY });
const embedder = embedderFromConfig('vectorize', config, { fetch: (...call) => fetch(...call) });

const ports: HandlerPorts = {
  store: firestoreSdk({ project: config.GOOGLE_CLOUD_PROJECT, database: config.FIRESTORE_DATABASE }),
  vectors: qdrantVectorWriter({ client, collection: config.QDRANT_ALIAS }),
  embedder,
  pointId,
  log,
  now: () => new Date(),
  pause,
  random: Math.random,
};

let collectionReady: Promise<void> | undefined;

/** Before the first write of an instance, and again after any event that could not be settled: the cause may be here. */
function ensureCollectionOnce(): Promise<void> {
  collectionReady ??= ensureCollection({
    client,
    alias: config.QDRANT_ALIAS,
    model: embedder.model,
    dimensions: embedder.dimensions,
  }).then(ensured => {
    if (ensured.ok) return;
    log.error('collection.refused', { reason: ensured.error.kind, detail: ensured.error.detail });
    throw new RedeliverError(`collection_${ensured.error.kind}`);
  });
  return collectionReady;
}

async function onWritten(event: CloudEvent<unknown>): Promise<void> {
  try {
    await ensureCollectionOnce();
    await handleEvent(ports, event);
  } catch (error) {
    collectionReady = undefined;
    throw error;
  }
}

cloudEvent('records', onWritten);
cloudEvent('interactions', onWritten);

// A question may come before the first document: it should find nothing rather than no collection.
ensureCollectionOnce().catch(() => {
  collectionReady = undefined; // Logged above; the first event tries again.
});
