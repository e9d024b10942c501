import { type Collection, type Db, type Document, MongoClient, type Timestamp } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REACHED_MONGO, type ReachedMongo, reachMongo } from '../../testing/reach-mongo.ts';
import { type Change, dataOf, type Message, openStream, take, tokenOf } from '../../testing/watch-messages.ts';

/** What needs a stand-in that forgets when told is in `change-stream-history.test.ts`. */
let mongo: ReachedMongo;
let client: MongoClient;
let db: Db;
let messages: Collection<Message>;
beforeEach(async () => {
  mongo = await reachMongo();
  client = await new MongoClient(mongo.uri).connect();
  db = client.db();
  messages = db.collection('messages');
});
afterEach(async () => {
  await client.close();
  await mongo.close();
});

describe(`a change stream on ${REACHED_MONGO}`, () => {
  it('tells of every kind of change, with what changed', async () => {
    const stream = await openStream(messages);
    await messages.insertOne({ _id: 'a', list: [1], u: { name: 'n' } });
    await messages.updateOne({ _id: 'a' }, { $set: { 'u.name': 'm', same: 1 }, $push: { list: 2 } as never });
    await messages.updateOne({ _id: 'a' }, { $set: { same: 1 }, $unset: { 'u.name': '' } });
    await messages.updateOne({ _id: 'a' }, { $set: { same: 1 } });
    await messages.replaceOne({ _id: 'a' }, { msg: 'new' });
    await messages.deleteOne({ _id: 'a' });
    const changes = await take(stream, 5);
    const common = { ns: { db: db.databaseName, coll: 'messages' }, documentKey: { _id: 'a' } };
    expect(changes).toMatchObject([
      { ...common, operationType: 'insert', fullDocument: { _id: 'a', list: [1], u: { name: 'n' } } },
      {
        ...common,
        operationType: 'update',
        updateDescription: {
          updatedFields: { 'u.name': 'm', same: 1, 'list.1': 2 },
          removedFields: [],
          truncatedArrays: [],
        },
      },
      { ...common, operationType: 'update', updateDescription: { updatedFields: {}, removedFields: ['u.name'] } },
      { ...common, operationType: 'replace', fullDocument: { _id: 'a', msg: 'new' } },
      { ...common, operationType: 'delete' },
    ]);
    expect(changes[1]).not.toHaveProperty('fullDocument');
    for (const change of changes) expect((change as { wallTime?: Date }).wallTime).toBeInstanceOf(Date);
    const times = changes.map(({ clusterTime }) => clusterTime as Timestamp);
    expect(times.toSorted((left, right) => left.compare(right))).toEqual(times);
    expect(changes.map(tokenOf).toSorted()).toEqual(changes.map(tokenOf));
    await stream.close();
  });

  it('tells what an update by pipeline changed: elements, and arrays that became shorter', async () => {
    const stream = await openStream(messages);
    await messages.insertOne({ _id: 'a', list: [1, 2, 3], u: { name: 'n', id: 1 } });
    await messages.updateOne({ _id: 'a' }, [{ $set: { list: { $slice: ['$list', 2] }, 'u.name': 'm' } }]);
    const [, update] = await take(stream, 2);
    expect(update).toMatchObject({
      updateDescription: {
        updatedFields: { 'u.name': 'm' },
        removedFields: [],
        truncatedArrays: [{ field: 'list', newSize: 2 }],
      },
    });
    await stream.close();
  });

  it('of a database or the whole deployment sees what lies in it, and nothing else', async () => {
    const other = `${db.databaseName}_other`;
    const ours = [{ $match: { 'ns.db': { $in: [db.databaseName, other] } } }]; // the server may have others to serve
    const [ofDatabase, ofAll] = [await openStream(db), await openStream(client, ours)];
    await client
      .db(other)
      .collection('x')
      .insertOne({ _id: 'x' as never });
    await messages.insertOne({ _id: 'a' });
    await db.collection('rooms').insertOne({ _id: 'r' as never });
    const namespaces = (changes: Change[]) =>
      changes.map(change => 'ns' in change && 'coll' in change.ns && change.ns.coll);
    expect(namespaces(await take(ofDatabase, 2))).toEqual(['messages', 'rooms']);
    expect(namespaces(await take(ofAll, 3))).toEqual(['x', 'messages', 'rooms']);
    await Promise.all([ofDatabase.close(), ofAll.close()]);
  });

  it('looks the document up as it is now, null where it is gone', async () => {
    const stream = await openStream(messages, [], { fullDocument: 'updateLookup' });
    await messages.insertMany([{ _id: 'a' }, { _id: 'b' }]);
    await messages.updateMany({}, { $set: { n: 1 } });
    await messages.updateOne({ _id: 'a' }, { $set: { n: 2 } });
    await messages.deleteOne({ _id: 'b' });
    const updates = (await take(stream, 6)).filter(({ operationType }) => operationType === 'update');
    expect(updates).toMatchObject([
      { documentKey: { _id: 'a' }, fullDocument: { _id: 'a', n: 2 } },
      { documentKey: { _id: 'b' }, fullDocument: null },
      { documentKey: { _id: 'a' }, fullDocument: { _id: 'a', n: 2 } },
    ]);
    await stream.close();
  });

  it('shows images of before and after where the collection keeps them', async () => {
    await db.createCollection('messages', { changeStreamPreAndPostImages: { enabled: true } });
    await messages.insertOne({ _id: 'a', n: 1 });
    const stream = await openStream(messages, [], { fullDocument: 'required', fullDocumentBeforeChange: 'required' });
    await messages.updateOne({ _id: 'a' }, { $inc: { n: 1 } });
    await messages.updateOne({ _id: 'a' }, { $inc: { n: 1 } });
    await messages.deleteOne({ _id: 'a' });
    expect(await take(stream, 3)).toMatchObject([
      { fullDocumentBeforeChange: { n: 1 }, fullDocument: { n: 2 } },
      { fullDocumentBeforeChange: { n: 2 }, fullDocument: { n: 3 } },
      { operationType: 'delete', fullDocumentBeforeChange: { n: 3 } },
    ]);
    await stream.close();
  });

  it('fails where an image is required that is not kept, and does without where it may', async () => {
    await messages.insertOne({ _id: 'a' });
    const options = { fullDocument: 'whenAvailable', fullDocumentBeforeChange: 'whenAvailable' } as const;
    const mayMiss = await openStream(messages, [], options);
    const mustHave = await openStream(messages, [], { fullDocumentBeforeChange: 'required' });
    await messages.updateOne({ _id: 'a' }, { $set: { n: 1 } });
    expect(await take(mayMiss, 1)).toMatchObject([{ fullDocument: null, fullDocumentBeforeChange: null }]);
    await expect(mustHave.next()).rejects.toMatchObject({ code: 47 });
    await mayMiss.close();
  });

  it('passes events through the stages behind it', async () => {
    const pipeline = [
      { $match: { 'fullDocument.rid': 'r', operationType: 'insert' } },
      { $project: { 'fullDocument._id': 1 } },
    ];
    const stream = await openStream(db, pipeline);
    await messages.insertMany([
      { _id: 'a', rid: 's' },
      { _id: 'b', rid: 'r' },
    ]);
    const [change] = await take(stream, 1);
    expect(change).toEqual({ _id: change?._id, fullDocument: { _id: 'b' } });
    await stream.close();
    const lost = await openStream(db, [{ $project: { _id: 0 } }]);
    await messages.insertOne({ _id: 'c' });
    await expect(lost.next()).rejects.toMatchObject({ code: 280 });
  });

  it('fails over an event that is too large, unless it may be split', { timeout: 20_000 }, async () => {
    const stream = await openStream(messages, [], { fullDocument: 'updateLookup' });
    const split = await openStream(messages, [{ $changeStreamSplitLargeEvent: {} }], { fullDocument: 'updateLookup' });
    await messages.insertOne({ _id: 'a' });
    await take(stream, 1);
    await messages.updateOne({ _id: 'a' }, { $set: { text: 'x'.repeat(9_000_000) } });
    await expect(stream.next()).rejects.toMatchObject({ code: 10_334 });
    expect(await take(split, 3)).toMatchObject([{}, { splitEvent: { of: 2 } }, { splitEvent: { fragment: 2 } }]);
    await split.close();
  });
});

describe(`the end of what is followed on ${REACHED_MONGO}`, () => {
  const types = (changes: Change[]): string[] => changes.map(({ operationType }) => operationType);

  it('invalidates the stream of a collection that is dropped or renamed', async () => {
    await messages.insertOne({ _id: 'a' });
    const dropped = await openStream(messages);
    await messages.drop();
    expect(types(await take(dropped, 2))).toEqual(['drop', 'invalidate']);
    await expect(dropped.next()).rejects.toThrow('ChangeStream is closed');

    await messages.insertOne({ _id: 'b' });
    const renamed = await openStream(messages);
    await messages.rename('others');
    const [rename, invalidate] = await take(renamed, 2);
    expect(rename).toMatchObject({ operationType: 'rename', to: { db: db.databaseName, coll: 'others' } });
    expect(invalidate?.operationType).toBe('invalidate');
  });

  it('invalidates the stream of a database only with the database', async () => {
    const stream = await openStream(db);
    await messages.insertOne({ _id: 'a' });
    await messages.drop();
    await messages.insertOne({ _id: 'b' });
    await db.dropDatabase();
    expect(types(await take(stream, 6))).toEqual(['insert', 'drop', 'insert', 'drop', 'dropDatabase', 'invalidate']);
  });

  it('can be gone beyond with startAfter, not with resumeAfter', async () => {
    const stream = await openStream(messages);
    await messages.insertOne({ _id: 'a' });
    await messages.drop();
    const [, drop, invalidate] = await take(stream, 3);
    await messages.insertOne({ _id: 'b' });
    await expect(messages.watch([], { resumeAfter: invalidate?._id }).next()).rejects.toMatchObject({ code: 260 });
    const after = messages.watch([], { startAfter: invalidate?._id });
    expect(await take(after, 1)).toMatchObject([{ documentKey: { _id: 'b' } }]);
    const again = messages.watch([], { resumeAfter: drop?._id });
    expect(await take(again, 1)).toEqual([invalidate]);
    await Promise.all([after.close(), again.close()]);
  });
});

describe(`resuming on ${REACHED_MONGO}`, () => {
  it('after any event brings exactly what follows it', async () => {
    const stream = await openStream(db);
    await messages.insertMany(Array.from({ length: 5 }, (_, index) => ({ _id: String(index) })));
    const all = await take(stream, 5);
    for (const [index, change] of all.slice(0, 4).entries()) {
      const resumed = db.watch<Message>([], { resumeAfter: change._id });
      expect(await take(resumed, 4 - index)).toEqual(all.slice(index + 1));
      await resumed.close();
    }
    await stream.close();
  });

  it('from a time brings what happened since', async () => {
    await messages.insertOne({ _id: 'a' });
    const answer = await db.command({ ping: 1 });
    await messages.insertOne({ _id: 'b' });
    const startAtOperationTime = answer['operationTime'] as Timestamp;
    const pipeline = [{ $match: { 'documentKey._id': { $ne: 'a' }, operationType: 'insert' } }];
    const stream = db.watch<Message>(pipeline, { startAtOperationTime });
    expect(await take(stream, 1)).toMatchObject([{ documentKey: { _id: 'b' } }]);
    await stream.close();
  });

  it('is possible from where a quiet stream has come, although no event came', async () => {
    const pipeline = [{ $match: { 'ns.coll': 'rooms' } }];
    const stream = await openStream(db, pipeline);
    const before = dataOf(stream.resumeToken);
    await messages.insertMany([{ _id: 'a' }, { _id: 'b' }]);
    while (dataOf(stream.resumeToken) <= before) await stream.tryNext();
    await db.collection<Message>('rooms').insertOne({ _id: 'r' });
    const resumed = db.watch<Message>(pipeline, { resumeAfter: stream.resumeToken });
    expect(await take(resumed, 1)).toMatchObject([{ documentKey: { _id: 'r' } }]);
    await Promise.all([stream.close(), resumed.close()]);
  });

  it.each<[string, Document, number]>([
    ['no text', {}, 40_647],
    ['not hexadecimal', { _data: 'zz' }, 9],
    ['cut off', { _data: '826B01' }, 50_811],
  ])('is refused for a token that is %s', async (_, resumeAfter, code) => {
    await expect(db.watch([], { resumeAfter }).next()).rejects.toMatchObject({ code });
  });

  it('is refused for the token of another deployment', async () => {
    const stream = await openStream(db);
    await messages.insertOne({ _id: 'a' });
    const [change] = await take(stream, 1);
    const foreign = tokenOf(change).replace(/5A1004.{32}/u, `5A1004${'AB'.repeat(16)}`);
    await expect(db.watch([], { resumeAfter: { _data: foreign } }).next()).rejects.toMatchObject({
      code: 280,
      errorLabelSet: new Set(['NonResumableChangeStreamError']),
    });
    await stream.close();
  });
});
