import { type Collection, type Document, MongoClient, MongoServerError } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MongoStandIn, startMongo } from './start-mongo.ts';

interface Message extends Document {
  _id: string;
}

let mongo: MongoStandIn;
let client: MongoClient;
let messages: Collection<Message>;
beforeEach(async () => {
  mongo = await startMongo();
  client = await new MongoClient(mongo.uri, { serverSelectionTimeoutMS: 2000, heartbeatFrequencyMS: 500 }).connect();
  messages = client.db().collection('messages');
  await messages.insertOne({ _id: 'first' });
});
afterEach(async () => {
  await client.close();
  await mongo.close();
});

const number = async (): Promise<unknown> => (await messages.findOne({ _id: 'first' }))?.['n'];

describe('a retryable write', () => {
  it.each(['lose_reply', 'half_reply', 'cut'] as const)('is done once when its answer is lost (%s)', async effect => {
    mongo.setFaults({ failures: [{ command: 'update', times: 1, effect }] });
    await messages.updateOne({ _id: 'first' }, { $inc: { n: 1 } });
    expect(await number()).toBe(1);
    mongo.setFaults({ failures: [{ command: 'findAndModify', times: 1, effect }] });
    const after = await messages.findOneAndUpdate({ _id: 'first' }, { $inc: { n: 1 } }, { returnDocument: 'after' });
    expect(after).toEqual({ _id: 'first', n: 2 });
    mongo.setFaults({ failures: [{ command: 'insert', times: 1, effect }] });
    expect(await messages.insertMany([{ _id: 'a' }, { _id: 'b' }])).toMatchObject({ insertedCount: 2 });
  });

  it('reaches no change stream twice', async () => {
    const stream = messages.watch();
    await stream.tryNext();
    mongo.setFaults({ failures: [{ command: 'insert', times: 1, effect: 'lose_reply' }] });
    await messages.insertOne({ _id: 'a' });
    await messages.insertOne({ _id: 'b' });
    expect([await stream.next(), await stream.next()]).toMatchObject([
      { documentKey: { _id: 'a' } },
      { documentKey: { _id: 'b' } },
    ]);
    await stream.close();
  });

  it('is tried again by the driver when the primary has gone', async () => {
    mongo.setFaults({ failures: [{ command: 'update', times: 1, code: 10_107, message: 'not primary' }] });
    await messages.updateOne({ _id: 'first' }, { $inc: { n: 1 } });
    expect(await number()).toBe(1);
  });
});

describe('a change stream', () => {
  it('goes on without a gap over cuts, elections and failing commands', async () => {
    const stream = messages.watch([], { maxAwaitTimeMS: 50 });
    await stream.tryNext();
    const troubles: (() => unknown)[] = [
      () => mongo.cut(),
      () => mongo.elect(),
      () => mongo.elect({ downMs: 20 }),
      () => mongo.setFaults({ failures: [{ command: 'getMore', times: 1, code: 10_107 }] }),
      () => mongo.setFaults({ failures: [{ command: 'getMore', times: 2, code: 43 }] }),
      () => mongo.setFaults({ failures: [{ command: 'getMore', times: 1, effect: 'lose_reply' }] }),
      () => mongo.setFaults({ failures: [{ command: 'getMore', times: 1, effect: 'half_reply' }] }),
    ];
    const writer = await new MongoClient(mongo.uri).connect();
    for (const [index, trouble] of troubles.entries()) {
      const pending = stream.next();
      await trouble();
      const insert = { $setOnInsert: { index } };
      const write = () =>
        writer
          .db()
          .collection<Message>('messages')
          .updateOne({ _id: `m${index}` }, insert, { upsert: true });
      await write().catch(write); // cut off with everything else, the driver may give up once
      expect(await pending).toMatchObject({ documentKey: { _id: `m${index}` } });
    }
    await Promise.all([stream.close(), writer.close()]);
  });
});

/** Gives up on an answer soon. */
function connectImpatiently(): Promise<MongoClient> {
  return new MongoClient(mongo.uri, { socketTimeoutMS: 200, retryReads: false }).connect();
}

describe('the deployment', () => {
  it('has no primary during an election, which the driver waits for', async () => {
    const election = mongo.elect({ downMs: 100 });
    await messages.updateOne({ _id: 'first' }, { $inc: { n: 1 } });
    await election;
    expect(await number()).toBe(1);
  });

  it('refuses connections', async () => {
    mongo.setFaults({ refuse: true });
    const refused = new MongoClient(mongo.uri, { serverSelectionTimeoutMS: 500 });
    await expect(refused.connect()).rejects.toThrow('closed');
    mongo.setFaults({});
    const taken = new MongoClient(mongo.uri);
    await taken.connect();
    await Promise.all([refused.close(), taken.close()]);
  });

  it('freezes, and answers what it was asked when it thaws', async () => {
    const impatient = await connectImpatiently();
    mongo.setFaults({ freeze: true });
    const pending = number();
    await expect(impatient.db().collection('messages').findOne()).rejects.toThrow('timed out');
    mongo.setFaults({});
    expect(await pending).toBeUndefined();
    await impatient.close();
  });

  it('is slow for the commands it should be slow for', async () => {
    const impatient = await connectImpatiently();
    mongo.setFaults({ delayMs: { find: 600_000 } });
    await impatient
      .db()
      .collection<Message>('messages')
      .updateOne({ _id: 'first' }, { $inc: { n: 1 } });
    await expect(impatient.db().collection('messages').findOne()).rejects.toThrow('timed out');
    await impatient.close();
  });

  it('fails a command as often and in the way it is told', async () => {
    const failure = { command: '*', times: 2, code: 50, message: 'over time', labels: ['Custom'] };
    mongo.setFaults({ failures: [failure] });
    for (let count = 0; count < 2; count++) {
      const error = await messages.countDocuments().catch((error: unknown) => error);
      expect(error).toBeInstanceOf(MongoServerError);
      expect(error).toMatchObject({ code: 50, errorLabelSet: new Set(['Custom']) });
    }
    expect(await messages.countDocuments()).toBe(1);
  });

  it('knows no users', async () => {
    const other = new MongoClient(mongo.uri.replace('mongodb://', 'mongodb://someone:secret@'));
    await expect(other.connect()).rejects.toMatchObject({ code: 18 });
    await other.close();
  });

  it('follows its clock forwards and never goes back', async () => {
    const timeOf = async () => {
      await messages.updateOne({ _id: 'first' }, { $inc: { n: 1 } });
      const { operationTime } = await client.db().command({ ping: 1 });
      return operationTime as { t: number; compare(other: unknown): number };
    };
    const before = await timeOf();
    mongo.setFaults({ clockSkewSeconds: 3600 });
    const ahead = await timeOf();
    mongo.setFaults({ clockSkewSeconds: -3600 });
    const after = await timeOf();
    expect(ahead.t - before.t).toBeGreaterThanOrEqual(3600);
    expect([ahead.compare(before), after.compare(ahead)]).toEqual([1, 1]);
  });

  it('takes no faults it does not know', () => {
    expect(() => mongo.setFaults({ nonsense: true } as never)).toThrow('nonsense');
  });
});
