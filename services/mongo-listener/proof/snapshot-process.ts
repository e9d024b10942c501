import { setImmediate as nextTurn } from 'node:timers/promises';
import { ok } from '@innkeeper/shared/result/result';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { MongoClient } from 'mongodb';
import * as z from 'zod';
import { systemClock } from '../src/clock.ts';
import { firestorePositionStore } from '../src/position/firestore-position-store.ts';
import type { ChangePublisher } from '../src/publish/change-publisher.ts';
import { createPublishWindow } from '../src/publish/create-publish-window.ts';
import { documentStoreParking } from '../src/publish/parking.ts';
import { paceOfScan, renderPace } from '../src/snapshot/scan-pace.ts';
import { takeSnapshot } from '../src/snapshot/take-snapshot.ts';
import type { SnapshotProof } from './snapshot-million.ts';

/**
 * One process that does nothing but a snapshot, with a Pub/Sub that takes everything and remembers one bit a message,
 * so that what is measured is the listener. Prints a `SnapshotProof`; the bar goes to the terminal.
 */
const environment = z.object({ MONGODB_URI: z.string(), MESSAGES: z.coerce.number() }).parse(process.env);

const seen = new Uint8Array(environment.MESSAGES);
let arrived = 0;
const publisher: ChangePublisher = {
  publish: async (_topic, changes) => {
    // What Pub/Sub's client holds while it sends.
    const bodies = changes.map(change => Buffer.from(JSON.stringify(change)));
    for (const change of changes) {
      if (change.kind !== 'message') continue;
      const index = Number(change.messageId.split('-')[1]);
      seen[index] = Math.min(2, (seen[index] ?? 0) + 1);
      arrived += 1;
    }
    await nextTurn();
    bodies.length = 0;
    return ok(undefined);
  },
};

const nothing = (): void => undefined;
const log = { info: nothing, warn: nothing, error: nothing };
const client = await MongoClient.connect(environment.MONGODB_URI);
const store = inMemoryDocumentStore();
const clock = systemClock;
const positions = firestorePositionStore({ store, instance: 'proof', processId: '1', leaseMs: 60_000, clock });
const held = await positions.acquire();
if (!held.ok) throw new Error(held.error.kind);
const window = createPublishWindow({
  publisher,
  parking: documentStoreParking(store),
  leaseValid: () => held.value.valid(),
  counts: { published: nothing, parked: nothing, ignored: nothing },
  clock,
  random: Math.random,
  log,
  alert: nothing,
  outage: { failed: () => undefined, recovered: nothing },
});

const startedMs = clock.elapsedMs();
let drawnMs = startedMs;
const taken = await takeSnapshot({
  database: client.db(),
  held: held.value,
  window,
  assistant: { userId: 'innkeeper', username: 'innkeeper', words: [] },
  known: store,
  now: () => clock.now(),
  signal: new AbortController().signal,
  log,
  onProgress: progress => {
    const nowMs = clock.elapsedMs();
    if (!process.stderr.isTTY || nowMs - drawnMs < 200) return;
    drawnMs = nowMs;
    process.stderr.write(`\r${renderPace(paceOfScan(progress, {}, nowMs - startedMs))}  `);
  },
});
await client.close();
if (!taken.ok) throw new Error(`the snapshot failed: ${taken.error.kind}`);
if (process.stderr.isTTY) process.stderr.write(`\r${' '.repeat(90)}\r`);

const proof: SnapshotProof = {
  arrived,
  missing: seen.filter(times => times === 0).length,
  twice: seen.filter(times => times > 1).length,
  tookMs: clock.elapsedMs() - startedMs,
  peakRssBytes: process.resourceUsage().maxRSS * 1_024,
};
console.log(JSON.stringify(proof));
