import { type Collection, type Db, MongoClient, type Timestamp } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataOf, type Message, openStream, take } from '../../testing/watch-messages.ts';
import { type MongoStandIn, startMongo } from './start-mongo.ts';

/** What only the stand-in does when told: it splits early, forgets and keeps time to itself. */
let mongo: MongoStandIn;
let client: MongoClient;
let db: Db;
let messages: Collection<Message>;
beforeEach(async () => {
  mongo = await startMongo();
  client = await new MongoClient(mongo.uri).connect();
  db = client.db();
  messages = db.collection('messages');
});
afterEach(async () => {
  await client.close();
  await mongo.close();
});

describe('a change stream', () => {
  it('splits what is too large to be sent whole, and goes on in the middle of it', async () => {
    mongo.setFaults({ splitBytes: 4096 });
    const pipeline = [{ $changeStreamSplitLargeEvent: {} }];
    const stream = await openStream(messages, pipeline, { fullDocument: 'updateLookup' });
    await messages.insertOne({ _id: 'a', text: 'x' });
    await messages.updateOne({ _id: 'a' }, { $set: { text: 'y'.repeat(3000) } });
    await messages.insertOne({ _id: 'b' });
    const [whole, first, second, last] = await take(stream, 4);
    expect(whole).not.toHaveProperty('splitEvent');
    expect([first?.splitEvent, second?.splitEvent]).toEqual([
      { fragment: 1, of: 2 },
      { fragment: 2, of: 2 },
    ]);
    expect({ ...first, ...second }).toMatchObject({
      operationType: 'update',
      updateDescription: { updatedFields: { text: 'y'.repeat(3000) } },
      fullDocument: { _id: 'a', text: 'y'.repeat(3000) },
    });
    expect(last).toMatchObject({ documentKey: { _id: 'b' } });
    const resumed = messages.watch(pipeline, { fullDocument: 'updateLookup', resumeAfter: first?._id });
    expect(await take(resumed, 2)).toEqual([second, last]);
    await Promise.all([stream.close(), resumed.close()]);
  });

  it('moves on while nothing happens at all', async () => {
    const quiet = await startMongo({ noopIntervalMs: 5 });
    const other = await new MongoClient(quiet.uri).connect();
    const stream = await openStream(other.db());
    const before = dataOf(stream.resumeToken);
    while (dataOf(stream.resumeToken) <= before) await stream.tryNext();
    await other.close();
    await quiet.close();
  });
});

describe('going on', () => {
  it('is refused for a token and a time that are forgotten', async () => {
    const stream = await openStream(db);
    await messages.insertMany([{ _id: 'a' }, { _id: 'b' }]);
    const [first] = await take(stream, 2);
    mongo.forgetHistory();
    await expect(db.watch([], { resumeAfter: first?._id }).next()).rejects.toMatchObject({
      code: 286,
      errorLabelSet: new Set(['NonResumableChangeStreamError']),
    });
    await expect(db.watch([], { startAtOperationTime: first?.clusterTime as Timestamp }).next()).rejects.toMatchObject({
      code: 286,
    });
    await messages.insertOne({ _id: 'c' });
    expect(await take(stream, 1)).toMatchObject([{ documentKey: { _id: 'c' } }]); // it had seen all that was forgotten
    await stream.close();
  });

  it('fails for a stream that the history has overtaken', async () => {
    const stream = await openStream(db, [], { batchSize: 1 });
    await messages.insertMany([{ _id: 'a' }, { _id: 'b' }]);
    await take(stream, 1);
    mongo.forgetHistory();
    await expect(stream.next()).rejects.toMatchObject({ code: 136 });
  });

  it('keeps only as much history as it may', async () => {
    const stream = await openStream(db);
    await messages.insertOne({ _id: 'first' });
    const [first] = await take(stream, 1);
    mongo.setFaults({ oplogBytesMax: 20_000 });
    await messages.insertMany(
      Array.from({ length: 50 }, (_, index) => ({ _id: String(index), text: 'x'.repeat(1000) })),
    );
    await expect(db.watch([], { resumeAfter: first?._id }).next()).rejects.toMatchObject({ code: 286 });
    await stream.close();
  });
});
