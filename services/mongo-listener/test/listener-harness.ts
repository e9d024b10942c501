import { Secret } from '@innkeeper/shared/config/secret';
import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import type { MongoClient } from 'mongodb';
import type { Alert } from '../src/alerts/alert.ts';
import { describeAlert } from '../src/alerts/describe-alert.ts';
import { type Clock, systemClock } from '../src/clock.ts';
import { heal } from '../src/healing/heal.ts';
import { interpret } from '../src/meaning/interpret.ts';
import { firestorePositionStore } from '../src/position/firestore-position-store.ts';
import { documentStoreParking } from '../src/publish/parking.ts';
import type { ListenerPorts } from '../src/run/listener-ports.ts';
import { runListener } from '../src/run/run-listener.ts';
import type { StopReason } from '../src/run/situation.ts';
import { takeSnapshot } from '../src/snapshot/take-snapshot.ts';
import { type ListenerStatus, listenerStatus } from '../src/status/listener-status.ts';
import { databaseIn, mongodbClient } from '../src/stream/mongodb-client.ts';
import { openChangeStream } from '../src/stream/open-change-stream.ts';
import {
  type InMemoryChangePublisher,
  inMemoryChangePublisher,
  type PublishFault,
} from '../src/testing/in-memory-change-publisher.ts';

/** What outlives a listener: its position, what is known downstream, what was published. */
export interface ListenerWorld {
  readonly uri: string;
  readonly operations: DocumentStore;
  readonly known: DocumentStore;
  readonly publisher: InMemoryChangePublisher;
  /** Resolves as soon as `holds`, looked at whenever something happens to any listener of this world. */
  until(holds: () => boolean): Promise<void>;
  happened(): void;
}

export function listenerWorld(uri: string, fault: PublishFault = async () => undefined): ListenerWorld {
  const waiting = new Set<() => void>();
  const happened = (): void => {
    for (const look of waiting) look();
  };
  const kept = inMemoryChangePublisher(fault);
  return {
    uri,
    operations: inMemoryDocumentStore(),
    known: inMemoryDocumentStore(),
    publisher: {
      ...kept,
      publish: async (topic, changes) => {
        const published = await kept.publish(topic, changes);
        happened();
        return published;
      },
    },
    happened,
    until: holds =>
      new Promise(resolve => {
        const look = (): void => {
          if (!holds()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** A listener put together as `main.ts` does, with the real driver, and everything behind it in memory. */
export interface ListenerUnderTest extends AsyncDisposable {
  readonly status: ListenerStatus;
  readonly alerts: readonly Alert[];
  /** How often the stream answered. */
  answers(): number;
  readonly ended: Promise<StopReason>;
  /** As SIGTERM. */
  stop(): Promise<StopReason>;
}

export function startListener(
  world: ListenerWorld,
  options: { readonly processId?: string; readonly leaseMs?: number; readonly ports?: Partial<ListenerPorts> } = {},
): ListenerUnderTest {
  const { processId = 'a', leaseMs = 15_000 } = options;
  const clock: Clock = options.ports?.clock ?? systemClock;
  const uri = new Secret(world.uri);
  const client = mongodbClient(uri);
  const database = client.db(databaseIn(uri));
  const gathered = listenerStatus(clock, process.memoryUsage);
  let answers = 0;
  const status: ListenerStatus = {
    ...gathered,
    get state() {
      return gathered.state;
    },
    enter: state => {
      gathered.enter(state);
      world.happened();
    },
    read: batch => {
      answers += 1;
      gathered.read(batch);
      world.happened();
    },
    reached: batch => {
      gathered.reached(batch);
      world.happened();
    },
  };
  const alerts: Alert[] = [];
  const stopping = new AbortController();
  const ended = runListener(
    {
      database,
      openStream: openChangeStream({ client, database: database.databaseName, awaitMs: 100, answerMs: 1_000 }),
      positions: firestorePositionStore({ store: world.operations, instance: processId, processId, leaseMs, clock }),
      leaseMs,
      publisher: world.publisher,
      parking: documentStoreParking(world.known),
      known: world.known,
      interpret,
      assistant: { userId: 'bot', username: 'innkeeper', words: [] },
      takeSnapshot,
      heal,
      beside: () => Promise.resolve(),
      status,
      alert: alert => {
        alerts.push(alert);
        gathered.alerted(describeAlert(alert));
        world.happened();
      },
      clock,
      random: () => 0,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      ...options.ports,
    },
    stopping.signal,
  );
  const stop = (): Promise<StopReason> => {
    stopping.abort();
    return ended;
  };
  return {
    status,
    alerts,
    answers: () => answers,
    ended,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      await client.close();
    },
  };
}

/** A message as Rocket.Chat stores it. */
export const message = (id: string, text = `text of ${id}`) => ({
  _id: id,
  rid: 'general',
  msg: text,
  ts: new Date('2026-11-21T09:00:00Z'),
  u: { _id: 'anna', username: 'anna', name: 'Anna' },
  _updatedAt: new Date('2026-11-21T09:00:00Z'),
});

/** Where Rocket.Chat keeps them. */
export const messagesIn = (client: MongoClient) =>
  client.db().collection<{ readonly _id: string; readonly _updatedAt: Date }>('rocketchat_message');

/** Resolves when the listener follows the stream and knows how far behind it is. */
export const streaming = (world: ListenerWorld, listener: ListenerUnderTest): Promise<void> =>
  world.until(() => listener.status.state === 'streaming' && listener.status.lagMs() !== undefined);

/** Resolves when the newest thing published about a message is `last`: its text, or `gone`. */
export const arrived = (world: ListenerWorld, id: string, last: string): Promise<void> =>
  world.until(() => storyOf(world.publisher.live, id).at(-1) === last);

/** A message downstream, as `functions/vectorize` keeps it. */
export async function known(world: ListenerWorld, id: string): Promise<void> {
  const fields = { v: 1, version: 1, deleted: false };
  const kept = await world.known.commit([{ op: 'set', path: `chatMessages/${id}`, fields }]);
  if (!kept.ok) throw new Error(JSON.stringify(kept.error));
}

/** What arrived about a message, oldest first: its texts, or `gone`. */
export const storyOf = (changes: readonly ChatChange[], id: string): string[] =>
  changes.flatMap(change => {
    if (change.kind === 'message-removed' && change.messageId === id) return ['gone'];
    return change.kind === 'message' && change.messageId === id ? [change.text] : [];
  });
