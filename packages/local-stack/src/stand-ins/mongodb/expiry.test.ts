import { MongoClient } from 'mongodb';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { type MongoOptions, startMongo } from './start-mongo.ts';

/** The real server looks once a minute, too rarely for these tests to be run there. */
const HOUR_MS = 3_600_000;
const [past, future] = [new Date(Date.now() - HOUR_MS), new Date(Date.now() + HOUR_MS)];
const EXPIRING = { expireAfterSeconds: 1800 };

async function start(options: MongoOptions) {
  const mongo = await startMongo(options);
  const client = await new MongoClient(mongo.uri).connect();
  onTestFinished(async () => {
    await client.close();
    await mongo.close();
  });
  const sessions = client.db().collection<{ _id: string; at: unknown }>('sessions');
  return { sessions, ids: () => sessions.distinct('_id') };
}

test('documents go when their index is made: by the first of several dates, and none without a date', async () => {
  const { sessions, ids } = await start({});
  await sessions.insertMany([
    { _id: 'a number', at: past.getTime() },
    { _id: 'first past', at: [future, past] },
    { _id: 'future', at: future },
    { _id: 'past', at: past },
  ]);
  await sessions.createIndex({ at: 1 }, EXPIRING);
  expect(await ids()).toEqual(['a number', 'future']);
});

test('documents go when the server looks again', async () => {
  const { sessions, ids } = await start({ ttlMonitorSleepSecs: 0.01 });
  await sessions.createIndex({ at: 1 }, EXPIRING);
  await sessions.insertOne({ _id: 'past', at: past });
  expect(await eventually(ids, found => found.length === 0)).toEqual([]);
});

test('documents stay where the server was told so', async () => {
  const { sessions, ids } = await start({ ttlMonitorEnabled: false, ttlMonitorSleepSecs: 0.01 });
  await sessions.insertOne({ _id: 'past', at: past });
  await sessions.createIndex({ at: 1 }, EXPIRING);
  expect(await ids()).toEqual(['past']);
});
