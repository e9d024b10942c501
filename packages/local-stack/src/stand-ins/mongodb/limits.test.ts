import { type Collection, type Document, MongoClient } from 'mongodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type MongoStandIn, startMongo } from './start-mongo.ts';

/** What the real server has and the stand-in has not: it says so instead of answering something else. */
let mongo: MongoStandIn;
let client: MongoClient;
let messages: Collection<Document & { _id: string }>;
beforeEach(async () => {
  mongo = await startMongo();
  client = await new MongoClient(mongo.uri).connect();
  messages = client.db().collection('messages');
});
afterEach(async () => {
  await client.close();
  await mongo.close();
});

it('refuses JavaScript in a filter', async () => {
  await messages.insertOne({ _id: 'a' });
  await expect(messages.findOne({ $where: 'true' })).rejects.toMatchObject({ code: 2 });
});

it('refuses operators of pipelines that it does not have', async () => {
  await messages.insertOne({ _id: 'a' });
  await expect(messages.updateOne({}, [{ $set: { a: { $add: [1, 2] } } }])).rejects.toMatchObject({ code: 168 });
});

it('refuses array filters', async () => {
  const update = messages.updateOne({}, { $set: { 'a.$[x]': 1 } }, { arrayFilters: [{ x: 1 }] });
  await expect(update).rejects.toThrow('arrayFilters');
});

it('refuses unique indexes', async () => {
  await expect(messages.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 67 });
});

it('refuses indexes by which it could not let documents expire', async () => {
  const [ttl, part] = [{ expireAfterSeconds: 60 }, { expireAfterSeconds: 60, partialFilterExpression: { a: 1 } }];
  for (const [key, options] of [[{ a: 1, b: 1 }, ttl] as const, [{ _id: 1 }, ttl] as const, [{ a: 1 }, part] as const])
    await expect(messages.createIndex(key, options)).rejects.toMatchObject({ code: 67 });
});

it('refuses transactions, and does nothing of them', async () => {
  const transaction = client.withSession(session =>
    session.withTransaction(() => messages.insertOne({ _id: 'a' }, { session })),
  );
  await expect(transaction).rejects.toMatchObject({ code: 263 });
  expect(await messages.findOne()).toBeNull();
});
