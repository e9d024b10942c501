import { REACHED_MONGO, type ReachedMongo, reachMongo } from '@innkeeper/local-stack/testing/reach-mongo';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { Result } from '@innkeeper/shared/result/result';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POSITION_PATH } from '../src/position/position-document.ts';
import { virtualClock } from '../src/testing/virtual-clock.ts';
import {
  arrived,
  known,
  listenerWorld,
  message,
  messagesIn,
  startListener,
  storyOf,
  streaming,
} from './listener-harness.ts';

/** What needs a server that fails or forgets when told is in `run-listener-failures.test.ts`. */
let mongo: ReachedMongo;
let writer: MongoClient;

beforeEach(async () => {
  mongo = await reachMongo();
  writer = new MongoClient(mongo.uri);
});
afterEach(async () => {
  await writer.close();
  await mongo.close();
});

const messages = () => messagesIn(writer);

describe(`a listener on ${REACHED_MONGO}`, () => {
  it('copies what there is, then follows what happens', async () => {
    await messages().insertMany([message('old-1'), message('old-2')]);
    const world = listenerWorld(mongo.uri);
    await using listener = startListener(world);
    await streaming(world, listener);
    expect(world.publisher.backfill).toHaveLength(2);

    await messages().insertOne(message('m', 'said'));
    await messages().updateOne({ _id: 'm' }, { $set: { msg: 'edited', editedAt: new Date() } });
    await arrived(world, 'm', 'edited');
    await messages().updateOne({ _id: 'old-1' }, { $set: { pinned: true } });
    await messages().deleteOne({ _id: 'm' });
    await arrived(world, 'm', 'gone');
    expect(listener.status.report()).toMatchObject({
      state: 'streaming',
      visited: { starting: 1, snapshot: 1, streaming: 1 },
      lag: { clusterMs: 0 },
      parked: 0,
      lease: { epoch: 1, holder: 'a/a', valid: true },
    });
  });

  it('saves its position only behind what is published, and gives the lease back when it is stopped', async () => {
    const world = listenerWorld(mongo.uri);
    await using listener = startListener(world);
    await streaming(world, listener);
    await messages().insertOne(message('m', 'said'));
    await arrived(world, 'm', 'said');
    expect(await listener.stop()).toBe('asked');
    const [document] = okOf(await world.operations.getAll([POSITION_PATH]));
    expect(document?.fields).toMatchObject({ epoch: 1, holder: '' });
    expect(document?.fields).toHaveProperty('resumeToken');

    await messages().insertOne(message('while-away', 'said'));
    await using next = startListener(world, { processId: 'b' });
    await arrived(world, 'while-away', 'said');
    expect(storyOf(world.publisher.live, 'm')).toEqual(['said']);
    expect(world.publisher.backfill).toEqual([]);
    expect(next.status.report()).toMatchObject({ visited: { streaming: 1 }, lease: { epoch: 2 } });
  });

  it('publishes again what was not acknowledged when it died', async () => {
    let isDead = false;
    const death = Promise.withResolvers<void>();
    const world = listenerWorld(mongo.uri, async changes => {
      if (isDead || changes.every(change => change.origin !== 'stream')) return undefined;
      await death.promise;
      return { phase: 'before', error: { kind: 'unavailable', detail: 'it died before that' } };
    });
    await using first = startListener(world);
    await streaming(world, first);
    await messages().insertMany([message('m1'), message('m2')]);
    await world.until(() => first.status.report().inFlight.count === 2);
    isDead = true;
    await using _ = startListener({ ...world, operations: await copyOf(world.operations) });
    await arrived(world, 'm1', 'text of m1');
    await arrived(world, 'm2', 'text of m2');
    death.resolve();
  });

  it('moves its position while nothing happens that concerns it', async () => {
    const clock = virtualClock();
    const world = listenerWorld(mongo.uri);
    await using listener = startListener(world, { ports: { clock } });
    await streaming(world, listener);
    const saved = async () => okOf(await world.operations.getAll([POSITION_PATH]))[0]?.fields;
    await clock.advance(6_000);
    const before = await saved();
    await writer.db().collection('rocketchat_statistics').insertOne({ any: 1 });
    await writer.db().collection('rocketchat_statistics').insertOne({ any: 2 });
    const answers = listener.answers();
    await world.until(() => listener.answers() >= answers + 2);
    await clock.advance(6_000);
    const after = await saved();
    expect(before).toHaveProperty('resumeToken');
    expect(after?.resumeToken).not.toBe(before?.resumeToken);
    expect(world.publisher.live).toEqual([]);
  });

  describe('heals by itself', () => {
    it('after a followed collection was dropped, and not after another one was', async () => {
      await messages().insertOne(message('dropped'));
      const world = listenerWorld(mongo.uri);
      await using listener = startListener(world);
      await streaming(world, listener);
      await known(world, 'dropped');
      await writer.db().collection('rocketchat_statistics').insertOne({ any: 1 });
      await writer.db().dropCollection('rocketchat_statistics');
      await messages().insertOne(message('m'));
      await arrived(world, 'm', 'text of m');
      expect(listener.alerts).toEqual([]);
      await messages().drop();
      await world.until(() => listener.alerts.some(({ kind }) => kind === 'healed'));
      expect(storyOf(world.publisher.backfill, 'dropped').at(-1)).toBe('gone');
      await streaming(world, listener);
      await messages().insertOne(message('later'));
      await arrived(world, 'later', 'text of later');
    });

    it('after the whole database was dropped', async () => {
      const world = listenerWorld(mongo.uri);
      await using listener = startListener(world);
      await messages().insertOne(message('m'));
      await streaming(world, listener);
      await writer.db().dropDatabase();
      await world.until(() => listener.alerts.some(({ kind }) => kind === 'healed'));
      await messages().insertOne(message('later'));
      await arrived(world, 'later', 'text of later');
    });
  });

  it('waits while another copy works, and takes over when that one hangs; the other publishes nothing any more', async () => {
    const clock = virtualClock();
    const world = listenerWorld(mongo.uri);
    const hanging = hangable(world.operations);
    await using first = startListener({ ...world, operations: hanging.store }, { processId: 'a', ports: { clock } });
    await streaming(world, first);
    await using second = startListener(world, { processId: 'b', ports: { clock } });
    await world.until(() => second.status.state === 'waiting');
    await clock.advance(60_000);
    expect(second.status.state).toBe('waiting');

    hanging.hang();
    await clock.advance(20_000);
    await streaming(world, second);
    await messages().insertOne(message('m', 'said'));
    await arrived(world, 'm', 'said');
    expect(storyOf(world.publisher.live, 'm')).toEqual(['said']);
    hanging.goOn();
    await world.until(() => first.alerts.some(({ kind }) => kind === 'lease_lost'));
    await world.until(() => first.status.state === 'waiting');
    await messages().updateOne({ _id: 'm' }, { $set: { msg: 'edited' } });
    await arrived(world, 'm', 'edited');
    expect(storyOf(world.publisher.live, 'm')).toEqual(['said', 'edited']);
  });

  it('waits out Pub/Sub: nothing is lost, and the lag says so', async () => {
    let isDown = false;
    const world = listenerWorld(mongo.uri, async () =>
      isDown ? { phase: 'before', error: { kind: 'unavailable', detail: 'down' } } : undefined,
    );
    await using listener = startListener(world);
    await streaming(world, listener);
    isDown = true;
    await messages().insertOne(message('m1'));
    await world.until(() => listener.status.report().inFlight.count === 1);
    await messages().insertOne(message('m2'));
    await world.until(() => listener.status.report().inFlight.count === 2);
    expect(listener.status.report()).toMatchObject({ quiet: false, published: 0 });
    isDown = false;
    await arrived(world, 'm1', 'text of m1');
    await arrived(world, 'm2', 'text of m2');
  });
});

async function copyOf(store: DocumentStore): Promise<DocumentStore> {
  const copy = inMemoryDocumentStore();
  const [position] = okOf(await store.getAll([POSITION_PATH]));
  if (position !== undefined) await copy.commit([{ op: 'set', path: POSITION_PATH, fields: position.fields }]);
  return copy;
}

/** A store whose answers can be held back. */
function hangable(store: DocumentStore): { store: DocumentStore; hang: () => void; goOn: () => void } {
  let hung = Promise.withResolvers<void>();
  hung.resolve();
  return {
    store: {
      ...store,
      commit: async writes => {
        await hung.promise;
        return store.commit(writes);
      },
    },
    hang: () => {
      hung = Promise.withResolvers();
    },
    goOn: () => hung.resolve(),
  };
}

function okOf<T, E>(result: Result<T, E>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}
