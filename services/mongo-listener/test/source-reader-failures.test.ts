import { type MongoStandIn, startMongo } from '@innkeeper/local-stack/stand-ins/mongodb/start-mongo';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { numbered, sourceCollections } from './support/source-collections.ts';

/** Only the stand-in elects, refuses and dawdles when told. */
let mongo: MongoStandIn;
let client: MongoClient;

beforeAll(async () => {
  mongo = await startMongo();
  client = await MongoClient.connect(mongo.uri);
});
beforeEach(async () => {
  mongo.setFaults({});
  await client.db().dropDatabase();
});
afterAll(async () => {
  await client.close();
  await mongo.close();
});

const { stored, read } = sourceCollections(() => client);

describe('a scan of MongoDB', () => {
  it('goes on through an election', async () => {
    await stored('message').insertMany(numbered(2_500).map(_id => ({ _id })));

    const seen = await read(async reader => {
      const ids: unknown[] = [];
      for await (const page of reader.scan('message', { after: undefined })) {
        if (!page.ok) throw new Error('page not read');
        ids.push(...page.value.documents.map(({ _id }): unknown => _id));
        await mongo.elect();
      }
      return ids;
    });

    expect(seen).toEqual(numbered(2_500));
  });

  it('names a failure and ends', async () => {
    await stored('message').insertMany(numbered(10).map(_id => ({ _id })));
    mongo.setFaults({ failures: [{ command: 'find', effect: 'error', code: 13 }] });

    const pages = await read(async reader => {
      const all: unknown[] = [];
      for await (const page of reader.scan('message', { after: undefined })) all.push(page);
      return all;
    });

    expect(pages).toEqual([{ ok: false, error: { kind: 'denied', detail: expect.any(String) as string } }]);
  });

  it('ends at once when it is asked to, although MongoDB does not answer', async () => {
    mongo.setFaults({ delayMs: { find: 60_000 } });
    const asked = new AbortController();
    const reading = read(reader => reader.existing('room', ['a']), asked.signal);
    asked.abort();

    expect(await reading).toMatchObject({ ok: false });
  });
});
