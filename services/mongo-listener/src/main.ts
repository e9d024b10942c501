import { once } from 'node:events';
import { hostname } from 'node:os';
import { firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { readSecretFiles } from '@innkeeper/shared/adapters/node/read-secret-files';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { createLog } from '@innkeeper/shared/log/log';
import { systemClock } from './clock.ts';
import { ListenerConfig, SECRET_NAMES } from './config.ts';
import { heal } from './healing/heal.ts';
import { beat } from './heartbeat/heartbeat.ts';
import { interpret } from './meaning/interpret.ts';
import { firestorePositionStore } from './position/firestore-position-store.ts';
import { documentStoreParking } from './publish/parking.ts';
import { pubsubPublisher } from './publish/pubsub-publisher.ts';
import { mongodbQuestionSource } from './questions/mongodb-question-source.ts';
import { offerOverWebhook } from './questions/offer-question.ts';
import { watchLostQuestions } from './questions/watch-lost-questions.ts';
import type { ListenerPorts } from './run/listener-ports.ts';
import { runListener } from './run/run-listener.ts';
import { takeSnapshot } from './snapshot/take-snapshot.ts';
import { listenerStatus } from './status/listener-status.ts';
import { progressLine } from './status/progress-line.ts';
import { raiseAlert } from './status/raise-alert.ts';
import { statusServer } from './status/status-server.ts';
import { watchTime } from './status/watch-time.ts';
import { databaseIn, mongodbClient } from './stream/mongodb-client.ts';
import { openChangeStream } from './stream/open-change-stream.ts';

/** Composition root: configuration once, one listener per process, a graceful end within ten seconds of SIGTERM. */
const LEASE_MS = 15_000; // how long a crash keeps another copy waiting
const EXIT_MS_MAX = 9_800; // a stopping container has ten seconds; what is not handed on is read again
const STORE_CALL_MS_MAX = 5_000; // a lease must be renewed several times within itself

const log = createLog('mongo-listener');
const config = parseConfig('mongo-listener', ListenerConfig, readSecretFiles(SECRET_NAMES, process.env));
const clock = systemClock;

const store = (database: string) =>
  firestoreSdk({ project: config.GOOGLE_CLOUD_PROJECT, database, callMsMax: STORE_CALL_MS_MAX });
const known = store(config.FIRESTORE_DATABASE);
const operations = store(config.FIRESTORE_OPS_DATABASE);
const publisher = await pubsubPublisher({
  project: config.GOOGLE_CLOUD_PROJECT,
  topics: { live: config.CHAT_TOPIC_LIVE, backfill: config.CHAT_TOPIC_BACKFILL },
});

const client = mongodbClient(config.MONGODB_URI);
const database = client.db(config.MONGODB_DATABASE ?? databaseIn(config.MONGODB_URI));

const status = listenerStatus(clock, process.memoryUsage, progressLine(process.stderr));
const alert = raiseAlert(log, raised => status.alerted(raised));
const assistant = {
  userId: config.ROCKETCHAT_USER_ID,
  username: config.ROCKETCHAT_BOT_USERNAME,
  words: config.ASSISTANT_WORDS,
};

const ports: ListenerPorts = {
  database,
  openStream: openChangeStream({ client, database: database.databaseName }),
  positions: firestorePositionStore({
    store: operations,
    instance: config.INSTANCE_ID ?? hostname(),
    processId: crypto.randomUUID().slice(0, 8),
    leaseMs: LEASE_MS,
    clock,
  }),
  leaseMs: LEASE_MS,
  publisher,
  parking: documentStoreParking(known),
  known,
  interpret,
  assistant,
  takeSnapshot,
  heal,
  beside: signal =>
    watchLostQuestions({
      source: mongodbQuestionSource(database),
      interactions: known,
      operations,
      offer: offerOverWebhook({
        url: config.QUESTIONS_URL,
        token: config.ROCKETCHAT_WEBHOOK_TOKEN,
        fetch: (...call) => fetch(...call),
      }),
      assistant,
      clock,
      log,
      alert,
      signal,
    }),
  status,
  alert,
  clock,
  random: Math.random,
  log,
};

const stop = new AbortController();
stop.signal.addEventListener('abort', () => setTimeout(() => process.exit(1), EXIT_MS_MAX).unref());
process.once('SIGTERM', () => stop.abort());
process.once('SIGINT', () => stop.abort());

const server = statusServer(status);
server.listen(config.STATUS_PORT, config.STATUS_HOST);
await once(server, 'listening');

const beside = Promise.all([
  beat({ store: known, status, clock, alert }, stop.signal),
  watchTime({ status, clock, alert }, stop.signal),
]);
const why = await runListener(ports, stop.signal);
// Refused by MongoDB: the process stays, unwell, for a person or the health check to see.
if (why === 'denied' && !stop.signal.aborted) await once(stop.signal, 'abort');
await beside;
server.close();
server.closeAllConnections();
await Promise.allSettled([client.close(), publisher.close(), known.close(), operations.close()]);
log.info('listener.stopped', { why });
