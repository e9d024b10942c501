import { type MongoStandIn, startMongo } from '@innkeeper/local-stack/stand-ins/mongodb/start-mongo';
import { MongoClient, Timestamp } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChangeStream } from '../src/stream/open-change-stream.ts';

let mongo: MongoStandIn;
let client: MongoClient;
beforeAll(async () => {
  mongo = await startMongo();
  client = await MongoClient.connect(mongo.uri);
});
afterAll(async () => {
  await client.close();
  await mongo.close();
});

/** A server that has much history to read before its first answer, and begins anew each time it is asked. */
test('a server that needs longer than it is given gets longer each time, until it answers', async () => {
  mongo.setFaults({ delayMs: { aggregate: 300 } });
  const openStream = openChangeStream({ client, database: client.db().databaseName, awaitMs: 1, answerMs: 50 });
  const start = { kind: 'time', at: new Timestamp({ t: Math.floor(Date.now() / 1_000), i: 1 }) } as const;
  const kinds: string[] = [];
  while (kinds.at(-1) !== 'opened' && kinds.length < 10) {
    const opened = await openStream(start, new AbortController().signal);
    kinds.push(opened.ok ? 'opened' : opened.error.kind);
    if (opened.ok) await opened.value.close();
  }
  expect([kinds[0], kinds.at(-1)]).toEqual(['resume', 'opened']);
});
