import { type MongoStandIn, startMongo } from '@innkeeper/local-stack/stand-ins/mongodb/start-mongo';
import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { BSON, type CommandStartedEvent, type CommandSucceededEvent, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickClock } from '../proof/quick-clock.ts';
import { POSITION_PATH } from '../src/position/position-document.ts';
import { openChangeStream } from '../src/stream/open-change-stream.ts';
import {
  type ListenerUnderTest,
  type ListenerWorld,
  listenerWorld,
  message,
  startListener,
  storyOf,
} from './listener-harness.ts';

/**
 * What the specification of change streams for drivers demands of whoever resumes one, put to the listener's own loop:
 * each case ends in streaming with nothing lost, in healing, or in a stop with an alert.
 */
const RESUMABLE = {
  HostUnreachable: 6,
  HostNotFound: 7,
  StaleShardVersion: 63,
  NetworkTimeout: 89,
  ShutdownInProgress: 91,
  FailedToSatisfyReadPreference: 133,
  ReadConcernMajorityNotAvailableYet: 134,
  StaleEpoch: 150,
  PrimarySteppedDown: 189,
  RetryChangeStream: 234,
  ExceededTimeLimit: 262,
  SocketException: 9_001,
  NotWritablePrimary: 10_107,
  InterruptedAtShutdown: 11_600,
  InterruptedDueToReplStateChange: 11_602,
  StaleConfig: 13_388,
  NotPrimaryNoSecondaryOk: 13_435,
  NotPrimaryOrSecondary: 13_436,
} as const;
/** Since 4.4 the server says by this label what may be resumed, whatever the code. */
const LABEL = 'ResumableChangeStreamError';
const INTERNAL_ERROR = 1;
const CURSOR_NOT_FOUND = 43;

let mongo: MongoStandIn;
let writer: MongoClient;
let databases = 0;

beforeAll(async () => {
  mongo = await startMongo({ noopIntervalMs: 50 });
  writer = await MongoClient.connect(mongo.uri);
});
afterAll(async () => {
  await writer.close();
  await mongo.close();
});

/** A listener that streams from a database of its own, and what it says on the wire to do so. */
async function follow() {
  databases += 1;
  const database = `specification_${databases}`;
  const messages = writer.db(database).collection<Document & { _id: string }>('rocketchat_message');
  await messages.insertOne(message('first'));
  const world = listenerWorld(mongo.uri.replace('/rocketchat?', `/${database}?`));
  const client = new MongoClient(mongo.uri, { monitorCommands: true, minHeartbeatFrequencyMS: 10 });
  const started: CommandStartedEvent[] = [];
  const answered: CommandSucceededEvent[] = [];
  client.on('commandStarted', event => started.push(event));
  client.on('commandSucceeded', event => answered.push(event));
  const listener = startListener(world, {
    ports: {
      clock: quickClock(50, new AbortController().signal),
      openStream: openChangeStream({ client, database, awaitMs: 20 }),
    },
  });
  const arrived = (id: string) => world.until(() => storyOf(everythingOf(world), id).length > 0);
  const resumed = () => listener.status.report().visited.resuming ?? 0;
  await world.until(() => isFollowing(listener));

  return {
    world,
    listener,
    messages,
    started,
    answered,
    database: writer.db(database),
    arrived,
    /** Inserts a message and waits until it has arrived. */
    deliver: async (id: string) => {
      await messages.insertOne(message(id));
      await arrived(id);
    },
    /** Lets the stream fail once in this way, and waits until the listener has noticed. */
    fail: async (failure: {
      code?: number;
      labels?: string[];
      effect?: 'error' | 'cut' | 'lose_reply' | 'half_reply';
    }) => {
      const before = resumed();
      mongo.setFaults({ failures: [{ command: 'getMore', times: 1, ...failure }] });
      await world.until(() => resumed() > before);
    },
    /** Start options of every change stream that was opened, oldest first. */
    starts: (): Document[] =>
      started
        .filter(({ commandName }) => commandName === 'aggregate')
        .map(
          ({ command }: { command: Document }) => (command.pipeline as [{ $changeStream: Document }])[0].$changeStream,
        ),
    [Symbol.asyncDispose]: async () => {
      mongo.setFaults({});
      await listener[Symbol.asyncDispose]();
      await client.close();
    },
  };
}

const everythingOf = ({ publisher }: ListenerWorld): ChatChange[] => [...publisher.live, ...publisher.backfill];

const cursorIn = ({ reply }: CommandSucceededEvent): { id: unknown; postBatchResumeToken: unknown } =>
  (reply as { cursor: { id: unknown; postBatchResumeToken: unknown } }).cursor;

const isFollowing = ({ status }: ListenerUnderTest): boolean =>
  status.state === 'streaming' && status.lagMs() !== undefined;

describe('the change stream is resumed, and nothing is lost,', () => {
  it('after each failure that the server marks as resumable', async () => {
    await using stream = await follow();
    for (const [name, code] of Object.entries(RESUMABLE)) {
      await stream.deliver(`before-${name}`);
      await stream.fail({ code, labels: [LABEL] });
      await stream.deliver(`after-${name}`);
    }
    expect(stream.listener.alerts).toEqual([]);
  });

  it('after a failure with the label whose code is not in the list', async () => {
    await using stream = await follow();
    await stream.fail({ code: INTERNAL_ERROR, labels: [LABEL] });
    await stream.deliver('after');
    expect(stream.listener.alerts).toEqual([]);
  });

  it('after the server forgot the cursor, which it never marks', async () => {
    await using stream = await follow();
    await stream.fail({ code: CURSOR_NOT_FOUND });
    await stream.deliver('after');
    expect(stream.listener.alerts).toEqual([]);
  });

  it.each(['cut', 'lose_reply', 'half_reply'] as const)('after a failure of the network: %s', async effect => {
    await using stream = await follow();
    await stream.deliver('before');
    await stream.fail({ effect });
    await stream.deliver('after');
    expect(stream.listener.alerts).toEqual([]);
  });

  it('where opening it again fails as well', async () => {
    await using stream = await follow();
    mongo.setFaults({
      failures: [
        { command: 'getMore', times: 1, code: RESUMABLE.NotWritablePrimary, labels: [LABEL] },
        { command: 'aggregate', times: 2, code: RESUMABLE.NotWritablePrimary, labels: [LABEL] },
      ],
    });
    await stream.world.until(() => stream.starts().length >= 4);
    await stream.deliver('after');
    expect(stream.listener.alerts).toEqual([]);
  });

  it('after a failure without the label, which a driver hands to its user: the listener is the user', async () => {
    await using stream = await follow();
    await stream.fail({ code: INTERNAL_ERROR });
    await stream.deliver('after');
    expect(stream.listener.alerts).toEqual([]);
  });
});

describe('resume tokens', () => {
  it('are not needed at first: the stream starts at the operation time before the snapshot', async () => {
    await using stream = await follow();
    const [first] = stream.starts();
    expect(Object.keys(first ?? {}).toSorted()).toEqual(['fullDocument', 'startAtOperationTime']);
  });

  it('are those behind the last answer, whether anything was in it or not', async () => {
    await using stream = await follow();
    for (const id of [undefined, 'something']) {
      if (id !== undefined) await stream.deliver(id);
      await stream.fail({ code: RESUMABLE.StaleEpoch, labels: [LABEL] });
      await stream.world.until(() => isFollowing(stream.listener));
      const opened = stream.started.findLast(({ commandName }) => commandName === 'aggregate');
      const answer = stream.answered.findLast(
        ({ commandName, requestId }) =>
          ['aggregate', 'getMore'].includes(commandName) && requestId < (opened?.requestId ?? 0),
      );
      expect(stream.starts().at(-1)).toEqual({
        fullDocument: 'updateLookup',
        startAfter: answer === undefined ? 'an answer' : cursorIn(answer).postBatchResumeToken,
      });
    }
  });

  it('move on while nothing happens, so that a quiet chat does not fall out of the oplog', async () => {
    await using stream = await follow();
    const saved = async (): Promise<unknown> => {
      const read = await stream.world.operations.getAll([POSITION_PATH]);
      return read.ok ? read.value[0]?.fields.resumeToken : undefined;
    };
    const published = everythingOf(stream.world).length;
    const before = await saved();
    for (let now = before; now === before || now === undefined; now = await saved()) {
      const answers = stream.answered.length;
      await stream.world.until(() => stream.answered.length > answers);
    }
    expect(BSON.EJSON.parse(String(await saved()))).toHaveProperty('_data');
    expect(everythingOf(stream.world)).toHaveLength(published);
  });

  it('leave no cursor behind at the server', async () => {
    await using stream = await follow();
    await stream.fail({ code: RESUMABLE.StaleEpoch, labels: [LABEL] });
    const opened = stream.answered.find(({ commandName }) => commandName === 'aggregate');
    expect(stream.started.find(({ commandName }) => commandName === 'killCursors')?.command).toMatchObject({
      cursors: [opened === undefined ? 'a cursor' : cursorIn(opened).id],
    });
  });
});

describe('the change stream is healed', () => {
  it.each([
    ['ChangeStreamHistoryLost', 286, 'history_lost'],
    ['CappedPositionLost', 136, 'capped_position_lost'],
    ['ChangeStreamFatalError', 280, 'token_invalid'],
    ['InvalidResumeToken', 260, 'token_invalid'],
  ])('after %s (%i), which nobody may resume', async (_name, code, reason) => {
    await using stream = await follow();
    mongo.setFaults({ failures: [{ command: 'getMore', times: 1, code, labels: ['NonResumableChangeStreamError'] }] });
    await stream.world.until(() => stream.listener.alerts.some(({ kind }) => kind === 'healed'));
    await stream.deliver('after');
    expect(stream.listener.alerts).toMatchObject([
      { kind: 'healing_started', reason },
      { kind: 'healed', report: { reason } },
    ]);
    expect(Object.keys(stream.starts().at(-1) ?? {})).toContain('startAtOperationTime');
  });

  it('once the oplog no longer reaches back to where it stopped', async () => {
    await using stream = await follow();
    await stream.deliver('before');
    mongo.setFaults({ refuse: true });
    mongo.cut();
    await stream.world.until(() => stream.listener.status.state === 'resuming');
    mongo.forgetHistory();
    mongo.setFaults({});
    await stream.messages.insertOne(message('missed'));
    await stream.arrived('missed');
    await stream.world.until(() => stream.listener.alerts.some(({ kind }) => kind === 'healed'));
    await stream.deliver('after');
  });

  it('after an invalidate event, and is not started behind its token', async () => {
    await using stream = await follow();
    await stream.database.dropDatabase();
    await stream.world.until(() => stream.listener.alerts.some(({ kind }) => kind === 'healed'));
    await stream.deliver('after');
    expect(storyOf(stream.world.publisher.backfill, 'first').at(-1)).toBe('text of first');
    expect(stream.starts().at(-1)).toHaveProperty('startAtOperationTime');
  });
});

describe('the listener stops and says why', () => {
  it.each([
    ['AuthenticationFailed', 18],
    ['Unauthorized', 13],
  ])('after %s (%i)', async (_name, code) => {
    await using stream = await follow();
    mongo.setFaults({ failures: [{ command: 'getMore', times: 1, code }] });
    expect(await stream.listener.ended).toBe('denied');
    expect(stream.listener.alerts).toMatchObject([{ kind: 'mongodb_denied' }]);
  });
});
