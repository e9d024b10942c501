import { systemClock } from '@innkeeper/mongo-listener/clock';
import { heal } from '@innkeeper/mongo-listener/healing/heal';
import { interpret } from '@innkeeper/mongo-listener/meaning/interpret';
import { firestorePositionStore } from '@innkeeper/mongo-listener/position/firestore-position-store';
import { POSITION_PATH } from '@innkeeper/mongo-listener/position/position-document';
import { documentStoreParking } from '@innkeeper/mongo-listener/publish/parking';
import { runListener } from '@innkeeper/mongo-listener/run/run-listener';
import { takeSnapshot } from '@innkeeper/mongo-listener/snapshot/take-snapshot';
import { listenerStatus } from '@innkeeper/mongo-listener/status/listener-status';
import { openChangeStream } from '@innkeeper/mongo-listener/stream/open-change-stream';
import { chatVersion } from '@innkeeper/shared/contracts/chat-change';
import { ok } from '@innkeeper/shared/result/result';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { MongoClient, Timestamp } from 'mongodb';
import { BEGUN, type Reading } from './read-stream.ts';

/**
 * One reader of a change stream in a process of its own: `bare`, the driver's own cursor, or `listener`, the whole loop
 * with a publisher that acknowledges at once. Arguments: `bare|listener replay|mongodb URI CHANGES SECONDS ORDINAL`,
 * the last two for the cluster time to begin behind. Prints `BEGUN`, and one line of JSON (`Reading`) once it has read CHANGES.
 */
const [reader, server, uri = '', changes, seconds, ordinal] = process.argv.slice(2);
const wanted = Number(changes);
const since = { t: Number(seconds), i: Number(ordinal) };

const client = new MongoClient(uri, {
  enableUtf8Validation: false, // as the listener reads
  // With an API version the driver speaks OP_MSG from the first byte, which is all that the replay server understands.
  ...(server === 'replay' ? { serverApi: { version: '1' }, directConnection: true } : {}),
});
await client.connect();
const database = client.db();

const LEASE_MS = 15_000;
const SEEN_MAX = 10_000;
const SAMPLE_EVERY_MS = 50;
const seen: Record<string, number> = {};
const finished = Promise.withResolvers<void>();
let read = 0;
let peakBytes = 0;

const stop = new AbortController();
const sampling = setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
}, SAMPLE_EVERY_MS);
const cpuBefore = process.cpuUsage();
const startedMs = performance.now();
const reading = reader === 'bare' ? readBare() : readAsListener();
await finished.promise;
const cpu = process.cpuUsage(cpuBefore);
const result: Reading = {
  wallMs: performance.now() - startedMs,
  cpuMs: (cpu.user + cpu.system) / 1_000,
  peakBytes: Math.max(peakBytes, process.memoryUsage.rss()),
  seen,
};
console.log(JSON.stringify(result));
stop.abort();
clearInterval(sampling);
await reading;
await client.close();

function note(count: number, ids: () => readonly string[]): void {
  if (read === 0) console.log(BEGUN);
  read += count;
  if (wanted <= SEEN_MAX) {
    const now = performance.timeOrigin + performance.now();
    for (const id of ids()) seen[id] = now;
  }
  if (read >= wanted) finished.resolve();
}

async function readBare(): Promise<void> {
  const stream = database.watch([], {
    fullDocument: 'updateLookup',
    batchSize: 1_000,
    maxAwaitTimeMS: 1_000,
    startAtOperationTime: new Timestamp({ ...since, i: since.i + 1 }),
  });
  while (!stop.signal.aborted && read < wanted) {
    const event = await stream.next();
    note(1, () => ('documentKey' in event ? [String(event.documentKey._id)] : []));
  }
  await stream.close();
}

async function readAsListener(): Promise<void> {
  const positions = inMemoryDocumentStore();
  const known = inMemoryDocumentStore();
  const position = { v: 1, epoch: 0, holder: '', leaseUntil: new Date(0).toISOString() };
  const fields = { ...position, version: chatVersion(since.t, since.i) };
  await positions.commit([{ op: 'set', path: POSITION_PATH, fields }]);
  await runListener(
    {
      database,
      openStream: openChangeStream({ client, database: database.databaseName }),
      positions: firestorePositionStore({
        store: positions,
        instance: 'bench',
        processId: '1',
        leaseMs: LEASE_MS,
        clock: systemClock,
      }),
      leaseMs: LEASE_MS,
      publisher: {
        publish: (_topic, published) => {
          note(published.length, () => published.flatMap(change => ('messageId' in change ? [change.messageId] : [])));
          return Promise.resolve(ok(undefined));
        },
      },
      parking: documentStoreParking(known),
      known,
      interpret,
      assistant: { userId: 'innkeeper', username: 'innkeeper', words: [] },
      takeSnapshot,
      heal,
      beside: () => Promise.resolve(),
      status: listenerStatus(systemClock, process.memoryUsage),
      alert: () => undefined,
      clock: systemClock,
      random: Math.random,
      log: { info: () => undefined, warn: console.error, error: console.error },
    },
    stop.signal,
  );
}
