import { type MongoStandIn, startMongo } from '@innkeeper/local-stack/stand-ins/mongodb/start-mongo';
import type { Result } from '@innkeeper/shared/result/result';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POSITION_PATH } from '../src/position/position-document.ts';
import {
  arrived,
  known,
  type ListenerUnderTest,
  type ListenerWorld,
  listenerWorld,
  message,
  messagesIn,
  startListener,
  storyOf,
  streaming,
} from './listener-harness.ts';

/** Only the stand-in fails, splits and forgets when told. */
let mongo: MongoStandIn;
let writer: MongoClient;

beforeEach(async () => {
  mongo = await startMongo();
  writer = new MongoClient(mongo.uri);
});
afterEach(async () => {
  await writer.close();
  await mongo.close();
});

const messages = () => messagesIn(writer);

describe('a listener', () => {
  describe('goes on without a gap after', () => {
    const trouble: [string, (world: ListenerWorld, listener: ListenerUnderTest) => Promise<void>][] = [
      ['broken connections', async () => mongo.cut()],
      ['an election', () => mongo.elect({ downMs: 200 })],
      [
        'a server that went away',
        async (world, { status }) => {
          mongo.setFaults({ refuse: true });
          mongo.cut();
          await world.until(() => status.state === 'resuming');
          mongo.setFaults({});
        },
      ],
      [
        'a server that does not answer any more',
        async (world, { status }) => {
          mongo.setFaults({ freeze: true });
          await world.until(() => status.state === 'resuming');
          mongo.setFaults({});
        },
      ],
      [
        'a server that refuses as not primary',
        async () =>
          mongo.setFaults({ failures: [{ command: 'getMore', times: 2, code: 10_107, message: 'not primary' }] }),
      ],
      [
        'an answer that was lost',
        async () => mongo.setFaults({ failures: [{ command: 'getMore', times: 2, effect: 'lose_reply' }] }),
      ],
      [
        'an answer that broke off',
        async () => mongo.setFaults({ failures: [{ command: 'getMore', times: 1, effect: 'half_reply' }] }),
      ],
      [
        'a cursor that the server forgot',
        async () =>
          mongo.setFaults({ failures: [{ command: 'getMore', times: 1, code: 43, message: 'cursor not found' }] }),
      ],
      [
        'a failure that nobody knows',
        async () => mongo.setFaults({ failures: [{ command: 'getMore', times: 1, code: 8, message: 'who knows' }] }),
      ],
      ['a server that is slow', async () => mongo.setFaults({ delayMs: { getMore: 300, aggregate: 300 } })],
    ];
    it.each(trouble)('%s', async (_, cause) => {
      const world = listenerWorld(mongo.uri);
      await using listener = startListener(world);
      await streaming(world, listener);
      await messages().insertOne(message('before'));
      await arrived(world, 'before', 'text of before');
      await cause(world, listener);
      const patient = new MongoClient(mongo.uri);
      const written = patient.db().collection<{ _id: string }>('rocketchat_message');
      await until(() => written.updateOne({ _id: 'after' }, { $set: message('after') }, { upsert: true }));
      await arrived(world, 'after', 'text of after');
      await patient.close();
      expect(listener.alerts).toEqual([]);
      expect(storyOf(world.publisher.live, 'before')).toEqual(['text of before']);
    });
  });

  it('joins events that the server had to split, and goes on in the middle of one', async () => {
    mongo.setFaults({ splitBytes: 8_000, failures: [{ command: 'getMore', times: 3, effect: 'lose_reply' }] });
    const world = listenerWorld(mongo.uri);
    await using listener = startListener(world);
    await streaming(world, listener);
    const text = 'large '.repeat(1_000).trim();
    await messages().insertOne(message('m', 'small'));
    for (let edit = 1; edit <= 5; edit += 1) {
      await messages().updateOne({ _id: 'm' }, { $set: { msg: `${edit} ${text}`, editedAt: new Date() } });
    }
    await arrived(world, 'm', `5 ${text}`);
    expect(listener.status.report()).toMatchObject({ parked: 0 });
    expect(listener.alerts).toEqual([]);
  });

  it('stops and says so where MongoDB refuses its credentials', async () => {
    const world = listenerWorld(mongo.uri);
    mongo.setFaults({ failures: [{ command: '*', code: 18, message: 'Authentication failed.' }] });
    await using listener = startListener(world);
    expect(await listener.ended).toBe('denied');
    expect(listener.alerts).toMatchObject([{ kind: 'mongodb_denied' }]);
    expect(listener.status.state).toBe('stopped');
    const [document] = okOf(await world.operations.getAll([POSITION_PATH]));
    expect(document?.fields).toMatchObject({ holder: '' });
  });

  it('heals by itself after its place in the oplog is gone, deletions included', async () => {
    await messages().insertMany([message('kept'), message('gone')]);
    const world = listenerWorld(mongo.uri);
    const first = startListener(world);
    await streaming(world, first);
    await first.stop();
    for (const id of ['kept', 'gone']) await known(world, id);
    await messages().deleteOne({ _id: 'gone' });
    await messages().updateOne({ _id: 'kept' }, { $set: { msg: 'edited', _updatedAt: new Date() } });
    await messages().insertOne({ ...message('new'), _updatedAt: new Date() });
    mongo.forgetHistory();

    await using healed = startListener(world, { processId: 'b' });
    await streaming(world, healed);
    expect(healed.status.report().visited).toMatchObject({ healing: 1 });
    expect(healed.alerts.map(({ kind }) => kind)).toEqual(['healing_started', 'healed']);
    expect(storyOf(world.publisher.backfill, 'gone').at(-1)).toBe('gone');
    expect(storyOf(world.publisher.backfill, 'kept').at(-1)).toBe('edited');
    expect(storyOf(world.publisher.backfill, 'new')).toEqual(['text of new']);
    await messages().insertOne(message('afterwards'));
    await arrived(world, 'afterwards', 'text of afterwards');
  });
});

/** Again, until the server takes it: the driver itself repeats a write once. */
async function until(write: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const done = await write().then(
      () => true,
      () => false,
    );
    if (done) return;
  }
}

function okOf<T, E>(result: Result<T, E>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}
