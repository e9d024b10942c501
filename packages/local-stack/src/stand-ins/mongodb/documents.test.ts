import { Binary, type Collection, type Document, Double, Int32, Long, MongoClient, ObjectId, Timestamp } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REACHED_MONGO, type ReachedMongo, reachMongo } from '../../testing/reach-mongo.ts';

interface Message extends Document {
  _id: string;
}

/** What the stand-in does not have is in `limits.test.ts`. */
let mongo: ReachedMongo;
let client: MongoClient;
let messages: Collection<Message>;
beforeEach(async () => {
  mongo = await reachMongo();
  client = await new MongoClient(mongo.uri).connect();
  messages = client.db().collection('messages');
});
afterEach(async () => {
  await client.close();
  await mongo.close();
});

const ids = (filter: Document = {}, options = {}): Promise<string[]> =>
  messages
    .find(filter, options)
    .map(({ _id }) => _id)
    .toArray();

describe(`a stored document on ${REACHED_MONGO}`, () => {
  it('comes back with its types and in the order of its fields', async () => {
    const document = {
      _id: 'a',
      z: new Int32(1),
      y: new Double(1),
      x: Long.fromString('9007199254740993'),
      w: new Date(-1),
      v: new ObjectId(),
      u: new Binary(Buffer.from([1, 2])),
      t: new Timestamp({ t: 1, i: 2 }),
      s: null,
      r: { b: 'b', a: ['eins', { c: true }] },
    };
    await messages.insertOne(document);
    const found = await messages.findOne({ _id: 'a' }, { promoteValues: false });
    expect(found).toEqual(document);
    expect(Object.keys(found ?? {})).toEqual(Object.keys(document));
  });

  it('is refused a second time under the same _id, and the others of an unordered batch are not', async () => {
    await messages.insertOne({ _id: 'a' });
    await expect(messages.insertOne({ _id: 'a' })).rejects.toMatchObject({ code: 11_000, keyPattern: { _id: 1 } });
    const batch = [{ _id: 'b' }, { _id: 'a' }, { _id: 'c' }];
    await expect(messages.insertMany(batch)).rejects.toMatchObject({ code: 11_000, insertedCount: 1 });
    await expect(messages.insertMany(batch.slice(1), { ordered: false })).rejects.toMatchObject({ insertedCount: 1 });
    expect(await ids()).toEqual(['a', 'b', 'c']);
  });

  it('is given an _id where it has none', async () => {
    const { insertedId } = await client.db().collection('others').insertOne({ a: 1 }, { forceServerObjectId: true });
    expect(insertedId).toBeUndefined();
    expect((await client.db().collection('others').findOne())?._id).toBeInstanceOf(ObjectId);
  });

  it('of more than 16 MiB is refused', { timeout: 20_000 }, async () => {
    await messages.insertOne({ _id: 'a', text: 'x'.repeat(16_000_000) });
    const growing = messages.updateOne({ _id: 'a' }, { $set: { more: 'x'.repeat(8_000_000) } });
    await expect(growing).rejects.toMatchObject({ code: 10_334 });
  });
});

describe(`find on ${REACHED_MONGO}`, () => {
  it('pages, skips and limits in the order asked for', async () => {
    await messages.insertMany(
      Array.from({ length: 600 }, (_, index) => ({ _id: String(index).padStart(3, '0'), index })),
    );
    expect(await ids({}, { sort: { index: -1 }, skip: 1, limit: 2 })).toEqual(['598', '597']);
    expect((await ids({ _id: { $gte: '100' } }, { sort: { _id: 1 }, batchSize: 7 })).length).toBe(500);
    expect(await ids({ _id: { $gt: '597' } }, { sort: { _id: -1 } })).toEqual(['599', '598']);
    expect(await ids({ _id: { $in: ['003', '001', 'none'] } })).toEqual(['001', '003']);
  });

  it('goes on after the place where it was, while documents come and go', async () => {
    await messages.insertMany(['a', 'b', 'c', 'd'].map(_id => ({ _id })));
    const cursor = messages.find({}, { sort: { _id: 1 }, batchSize: 2 });
    expect(await cursor.next()).toEqual({ _id: 'a' });
    await messages.deleteMany({ _id: { $in: ['b', 'c'] } });
    await messages.insertOne({ _id: 'e' });
    expect(await cursor.toArray()).toEqual(expect.arrayContaining([{ _id: 'd' }]));
  });

  it('shows only the fields asked for', async () => {
    await messages.insertOne({ _id: 'a', u: { _id: 'u', name: 'n' }, list: [{ x: 1, y: 2 }, 3], msg: 'm' });
    expect(await messages.findOne({}, { projection: { 'u.name': 1, 'list.x': 1 } })).toEqual({
      _id: 'a',
      u: { name: 'n' },
      list: [{ x: 1 }],
    });
    expect(await messages.findOne({}, { projection: { u: 0, list: 0 } })).toEqual({ _id: 'a', msg: 'm' });
    expect(await messages.findOne({}, { projection: { _id: 0, msg: 1 } })).toEqual({ msg: 'm' });
    await expect(messages.findOne({}, { projection: { u: 0, msg: 1 } })).rejects.toMatchObject({ code: 31_254 });
  });

  it('keeps working where an indexed field holds arrays', async () => {
    await messages.insertMany([
      { _id: 'a', ts: 3 },
      { _id: 'b', ts: [1, 5] },
      { _id: 'c', ts: 4 },
    ]);
    expect(await ids({ ts: { $gt: 4 } })).toEqual(['b']);
    expect(await ids({}, { sort: { ts: 1 } })).toEqual(['b', 'a', 'c']);
    expect(await ids({}, { sort: { ts: -1 } })).toEqual(['b', 'c', 'a']);
  });

  it('looks into documents within arrays', async () => {
    await messages.insertMany([
      { _id: 'a', mentions: [{ username: 'innkeeper', type: 'user' }, { username: 'ben' }] },
      { _id: 'b', mentions: [{ username: 'innkeeper' }, { type: 'user' }] },
    ]);
    expect(await ids({ 'mentions.username': 'innkeeper', 'mentions.type': 'user' })).toEqual(['a', 'b']);
    expect(await ids({ mentions: { $elemMatch: { username: 'innkeeper', type: 'user' } } })).toEqual(['a']);
    expect(await ids({ 'mentions.1.username': 'ben' })).toEqual(['a']);
    expect(await ids({ 'mentions.username': { $exists: false } })).toEqual([]);
  });

  it('tells types apart', async () => {
    await messages.insertMany([
      { _id: 'a', ts: new Date(0) },
      { _id: 'b', ts: '1970-01-01' },
      { _id: 'c' },
      { _id: 'd', ts: null },
    ]);
    expect(await ids({ ts: { $type: 'date' } })).toEqual(['a']);
    expect(await ids({ ts: { $type: ['string', 'null'] } })).toEqual(['b', 'd']);
    expect(await ids({ ts: { $gte: new Date(-1) } })).toEqual(['a']);
    expect(await ids({ ts: null })).toEqual(['c', 'd']);
  });

  it.each([
    [{ a: { $near: 1 } }, 2],
    [{ $or: [] }, 2],
    [{ a: { $regex: '(' } }, 51_091],
  ])('refuses the filter %j, which it does not understand', async (filter, code) => {
    await messages.insertOne({ _id: 'a' });
    await expect(messages.findOne(filter)).rejects.toMatchObject({ code });
  });
});

describe(`update on ${REACHED_MONGO}`, () => {
  it.each<[string, Document, Document, Document]>([
    ['$set into what is not there', { a: 1 }, { $set: { 'b.c': 2 } }, { a: 1, b: { c: 2 } }],
    ['$unset', { a: 1, b: { c: 2, d: 3 } }, { $unset: { a: '', 'b.c': '' } }, { b: { d: 3 } }],
    ['$inc', { a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
    ['$mul', { a: 3 }, { $mul: { a: 2 } }, { a: 6 }],
    ['$min and $max', { a: 3, b: 3 }, { $min: { a: 1 }, $max: { b: 1 } }, { a: 1, b: 3 }],
    ['$rename', { a: 1 }, { $rename: { a: 'b.c' } }, { b: { c: 1 } }],
    ['$push', { a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
    ['$push of several', { a: [1] }, { $push: { a: { $each: [2, 3], $slice: -2 } } }, { a: [2, 3] }],
    ['$push at a position', { a: [1] }, { $push: { a: { $each: [2, 3], $position: 0 } } }, { a: [2, 3, 1] }],
    [
      '$addToSet',
      { a: [{ b: 1 }] },
      { $addToSet: { a: { $each: [{ b: 1 }, { b: 2 }] } } },
      { a: [{ b: 1 }, { b: 2 }] },
    ],
    ['$pop', { a: [1, 2] }, { $pop: { a: 1 } }, { a: [1] }],
    ['$pull of a value', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
    ['$pull by a filter', { a: [{ b: 1, c: 2 }, { b: 2 }] }, { $pull: { a: { b: 1 } } }, { a: [{ b: 2 }] }],
    ['$pull by operators', { a: [1, 5] }, { $pull: { a: { $gt: 3 } } }, { a: [1] }],
    ['$pullAll', { a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
    ['an index of an array', { a: [1, 2] }, { $set: { 'a.1': 3 } }, { a: [1, 3] }],
  ])('knows %s', async (_, before, update, after) => {
    await messages.insertOne({ _id: 'x', ...before });
    expect(await messages.updateOne({ _id: 'x' }, update)).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await messages.findOne()).toEqual({ _id: 'x', ...after });
  });

  it('sets the time, and does not change what is so already', async () => {
    const currentDate: Document = { $currentDate: { d: true, t: { $type: 'timestamp' } } };
    await messages.insertOne({ _id: 'a', n: 1 });
    await messages.updateOne({ _id: 'a' }, currentDate);
    const found = await messages.findOne();
    expect(found?.['d']).toBeInstanceOf(Date);
    expect(found?.['t']).toBeInstanceOf(Timestamp);
    expect(await messages.updateOne({ _id: 'a' }, { $set: { n: 1 } })).toMatchObject({
      modifiedCount: 0,
      matchedCount: 1,
    });
  });

  it('knows pipelines of simple stages', async () => {
    await messages.insertOne({ _id: 'a', list: [1, 2, 3], from: 'x', gone: 1 });
    const pipeline = [{ $set: { list: { $slice: ['$list', 1] }, 'to.copy': '$from', from: 'y' } }, { $unset: 'gone' }];
    await messages.updateOne({ _id: 'a' }, pipeline);
    expect(await messages.findOne()).toEqual({ _id: 'a', list: [1], from: 'y', to: { copy: 'x' } });
    await messages.updateOne({ _id: 'a' }, [
      { $replaceWith: { only: '$to.copy', all: { $concatArrays: ['$list', [9]] } } },
    ]);
    expect(await messages.findOne()).toEqual({ _id: 'a', only: 'x', all: [1, 9] });
    await expect(messages.updateOne({}, [{ $set: { _id: 'b' } }])).rejects.toMatchObject({ code: 66 });
  });

  it('changes one or all, replaces, and keeps integers integers', async () => {
    await messages.insertMany([
      { _id: 'a', n: new Int32(2 ** 31 - 1) },
      { _id: 'b', n: 1 },
    ]);
    expect(await messages.updateMany({}, { $inc: { n: new Int32(1) } })).toMatchObject({ modifiedCount: 2 });
    expect(await messages.findOne({ _id: 'a' }, { promoteValues: false })).toEqual({
      _id: 'a',
      n: Long.fromNumber(2 ** 31),
    });
    await messages.replaceOne({ _id: 'b' }, { msg: 'new' });
    expect(await messages.findOne({ _id: 'b' })).toEqual({ _id: 'b', msg: 'new' });
  });

  it('makes what it does not find, from the filter and the update', async () => {
    const update = { $set: { a: 1 }, $setOnInsert: { made: true } };
    const first = await messages.updateOne({ _id: 'a', rid: 'r', n: { $gt: 1 } }, update, { upsert: true });
    expect(first).toMatchObject({ upsertedId: 'a', matchedCount: 0 });
    expect(await messages.findOne()).toEqual({ _id: 'a', rid: 'r', a: 1, made: true });
    const again = { $set: { a: 2 }, $setOnInsert: { made: false } };
    expect(await messages.updateOne({ _id: 'a' }, again, { upsert: true })).toMatchObject({ upsertedId: null });
    expect(await messages.findOne()).toEqual({ _id: 'a', rid: 'r', a: 2, made: true });
  });

  it.each<[Document, number]>([
    [{ $set: { a: 1, 'a.b': 2 } }, 40],
    [{ $set: { _id: 'y' } }, 66],
    [{ $inc: { text: 1 } }, 14],
    [{ $push: { text: 1 } }, 2],
    [{ $set: { 'text.a': 1 } }, 28],
    [{ $nonsense: { a: 1 } }, 9],
    [{ $set: { 'a.$[].b': 1 } }, 2],
  ])('refuses %j', async (update, code) => {
    await messages.insertOne({ _id: 'x', text: 'text' });
    await expect(messages.updateOne({ _id: 'x' }, update)).rejects.toMatchObject({ code });
    expect(await messages.findOne()).toEqual({ _id: 'x', text: 'text' });
  });
});

describe(`findAndModify on ${REACHED_MONGO}`, () => {
  it('answers with the document before or after', async () => {
    await messages.insertMany([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]);
    const update = { $inc: { n: 10 } };
    expect(await messages.findOneAndUpdate({}, update, { sort: { n: -1 } })).toEqual({ _id: 'b', n: 2 });
    expect(await messages.findOneAndUpdate({ n: 12 }, update, { returnDocument: 'after' })).toEqual({
      _id: 'b',
      n: 22,
    });
    expect(await messages.findOneAndDelete({ n: 22 }, { projection: { n: 1, _id: 0 } })).toEqual({ n: 22 });
    expect(await messages.findOneAndReplace({ _id: 'c' }, { n: 3 }, { upsert: true, returnDocument: 'after' })).toEqual(
      {
        _id: 'c',
        n: 3,
      },
    );
    expect(await messages.findOneAndUpdate({ _id: 'none' }, update)).toBeNull();
  });
});

describe(`counting on ${REACHED_MONGO}`, () => {
  it('counts, names distinct values, and groups', async () => {
    await messages.insertMany([
      { _id: 'a', rid: 'r', n: 1 },
      { _id: 'b', rid: 'r', n: 2 },
      { _id: 'c', rid: 's', n: 3 },
    ]);
    expect(await messages.countDocuments({ rid: 'r' })).toBe(2);
    expect(await messages.estimatedDocumentCount()).toBe(3);
    expect(await messages.distinct('rid')).toEqual(['r', 's']);
    const pipeline = [
      { $match: { n: { $gt: 1 } } },
      { $group: { _id: '$rid', sum: { $sum: '$n' } } },
      { $sort: { _id: 1 } },
    ];
    expect(await messages.aggregate(pipeline).toArray()).toEqual([
      { _id: 'r', sum: 2 },
      { _id: 's', sum: 3 },
    ]);
    expect(await messages.aggregate([{ $skip: 1 }, { $count: 'rest' }]).toArray()).toEqual([{ rest: 2 }]);
    expect(await client.db().collection('none').countDocuments()).toBe(0);
  });
});

describe(`collections on ${REACHED_MONGO}`, () => {
  it('are made, listed, renamed and dropped', async () => {
    const db = client.db();
    await db.createCollection('made');
    await expect(db.createCollection('made')).rejects.toMatchObject({ code: 48 });
    await messages.insertOne({ _id: 'a' });
    await messages.createIndex({ rid: 1, ts: 1 }, { name: 'by_room' });
    expect((await messages.indexes()).map(({ name }) => name)).toEqual(['_id_', 'by_room']);
    await messages.rename('renamed');
    expect((await db.listCollections().toArray()).map(({ name }) => name).sort()).toEqual(['made', 'renamed']);
    expect(await db.collection('renamed').countDocuments()).toBe(1);
    expect(await db.dropCollection('made')).toBe(true);
    await db.dropDatabase();
    expect(await db.listCollections().toArray()).toEqual([]);
  });

  it('answer an unknown command as the server does', async () => {
    await expect(client.db().command({ whatever: 1 })).rejects.toMatchObject({ code: 59, codeName: 'CommandNotFound' });
  });

  it('tell the cluster time with every answer', async () => {
    const { operationTime, $clusterTime } = await client.db().command({ ping: 1 });
    expect([operationTime, ($clusterTime as Document)['clusterTime']]).toEqual([expect.any(Timestamp), operationTime]);
    await messages.insertOne({ _id: 'a' });
    const { operationTime: later } = await client.db().command({ ping: 1 });
    expect((later as Timestamp).compare(operationTime as Timestamp)).toBe(1);
  });
});
