import { randomUUID } from 'node:crypto';
import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { ok } from '@innkeeper/shared/result/result';
import { MongoClient } from 'mongodb';
import { heal } from '../src/healing/heal.ts';
import { interpret } from '../src/meaning/interpret.ts';
import type { AssistantIdentity } from '../src/meaning/meaning.ts';
import { firestorePositionStore } from '../src/position/firestore-position-store.ts';
import { documentStoreParking } from '../src/publish/parking.ts';
import type { ListenerPorts } from '../src/run/listener-ports.ts';
import { runListener } from '../src/run/run-listener.ts';
import { takeSnapshot } from '../src/snapshot/take-snapshot.ts';
import { listenerStatus } from '../src/status/listener-status.ts';
import type { OpenChangeStream } from '../src/stream/change-stream-reader.ts';
import { openChangeStream } from '../src/stream/open-change-stream.ts';
import type { Downstream, PublishFault } from './downstream.ts';
import { type Life, life } from './mortal.ts';
import { quickClock } from './quick-clock.ts';
import { type StoreFault, unreliableStore } from './unreliable-store.ts';

/** What one copy of the listener finds around it. */
export interface Surroundings {
  readonly uri: string;
  readonly database: string;
  readonly instance: string;
  readonly known: DocumentStore;
  readonly positions: DocumentStore;
  readonly pubsub: Downstream;
  readonly publishFaults: PublishFault[];
  readonly storeFaults: StoreFault[];
  readonly random: () => number;
}

/** A copy of the listener in this process. */
export interface Copy {
  readonly life: Life;
  /** As SIGTERM does: resolves once it has ended by itself. */
  stop(): Promise<void>;
}

export type StartCopy = (surroundings: Surroundings) => Copy;

/** The real listener with everything it is made of; only what is around it is the schedule's. */
export const startListenerCopy: StartCopy = surroundings => startCopyWith(surroundings, ports => ports);

/** The same with some of its ports replaced: by worse ones, to see whether anybody notices. */
export function startCopyWith(surroundings: Surroundings, change: (ports: ListenerPorts) => ListenerPorts): Copy {
  const { uri, database, instance, random, pubsub, publishFaults, storeFaults } = surroundings;
  const mortal = life();
  const clock = quickClock(CLOCK_FACTOR, mortal.death);
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: SERVER_SELECTION_MS });
  const known = unreliableStore(surroundings.known, mortal, storeFaults);
  const stop = new AbortController();

  mortal.death.addEventListener('abort', () => void client.close(), { once: true });
  const ports: ListenerPorts = {
    database: client.db(database),
    openStream: mortalStream(
      openChangeStream({ client, database, batchSize: BATCH_SIZE, awaitMs: AWAIT_MS, answerMs: ANSWER_MS }),
      mortal,
    ),
    positions: firestorePositionStore({
      store: unreliableStore(surroundings.positions, mortal, storeFaults),
      instance,
      processId: randomUUID(),
      leaseMs: LEASE_MS,
      clock,
    }),
    leaseMs: LEASE_MS,
    publisher: pubsub.publisher(mortal, publishFaults),
    parking: documentStoreParking(known),
    known,
    interpret,
    assistant: ASSISTANT,
    takeSnapshot,
    heal,
    beside: untilAborted,
    status: listenerStatus(clock, process.memoryUsage),
    alert: () => undefined,
    clock,
    random,
    log: SILENT,
  };
  const ended = runListener(change(ports), stop.signal).then(() => client.close());
  return {
    life: mortal,
    stop: async () => {
      stop.abort();
      await ended;
    },
  };
}

/** A process may also die with a batch in its hands. */
const mortalStream =
  (open: OpenChangeStream, mortal: Life): OpenChangeStream =>
  async (start, signal) => {
    const opened = await open(start, signal);
    if (!opened.ok) return opened;
    return ok({ ...opened.value, next: () => mortal.call(() => opened.value.next()) });
  };

/** Lost questions have tests of their own. */
const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const SILENT: Log = process.env.H8LOG
  ? {
      info: (...a) => console.log('I', ...a),
      warn: (...a) => console.log('W', ...a),
      error: (...a) => console.log('E', ...a),
    }
  : { info: () => undefined, warn: () => undefined, error: () => undefined };
const ASSISTANT: AssistantIdentity = { userId: 'innkeeper', username: 'innkeeper', words: [] };

/** A lease of fifteen seconds is over in an eighth of one; a first back-off takes a millisecond or two. */
const CLOCK_FACTOR = 120;
const LEASE_MS = 15_000;
/** Small, so that a schedule has many batches. */
const BATCH_SIZE = 10;
/** By the server's clock, which nobody hurries. */
const AWAIT_MS = 40;
const ANSWER_MS = 5_000;
const SERVER_SELECTION_MS = 5_000;
