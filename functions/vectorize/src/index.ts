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
import type { VectorStoreError } from '@innkeeper/shared/ports/vector-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { VectorizeConfig } from './config.ts';
import { type HandlerPorts, handleEvent } from './handler.ts';

/** Composition root: configuration once per instance, both Firestore triggers on one handler. */
const log = createLog('vectorize');
const config = parseConfig('vectorize', VectorizeConfig, process.env);
const client = qdrantClient({ url: config.QDRANT_URL, apiKey: config.QDRANT_API_KEY });
const embedder = embedderFromConfig('vectorize', config, { fetch: (...call) => fetch(...call) });

let collection: Promise<Result<void, VectorStoreError>> | undefined;

const ports: HandlerPorts = {
  store: firestoreSdk({ project: config.GOOGLE_CLOUD_PROJECT, database: config.FIRESTORE_DATABASE }),
  vectors: qdrantVectorWriter({ client, collection: config.QDRANT_ALIAS }),
  embedder,
  pointId,
  log,
  prepare,
  now: () => new Date(),
  pause,
  random: Math.random,
};

cloudEvent('records', onWritten);
cloudEvent('interactions', onWritten);

// A question may come before the first document: it should find nothing rather than no collection.
void prepare();

async function onWritten(event: CloudEvent<unknown>): Promise<void> {
  try {
    await handleEvent(ports, event);
  } catch (error) {
    collection = undefined; // the cause may be there: the next event looks again
    throw error;
  }
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
