import { REACHED_MONGO, type ReachedMongo, reachMongo } from '@innkeeper/local-stack/testing/reach-mongo';
import type { Result } from '@innkeeper/shared/result/result';
import { Binary, Decimal128, Long, MaxKey, MinKey, MongoClient, ObjectId, Timestamp } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ScanFrom, ScanPage } from '../src/snapshot/source-reader.ts';
import type { Followed } from '../src/source-document.ts';
import { numbered, sourceCollections } from './support/source-collections.ts';

/** What needs a server that fails when told is in `source-reader-failures.test.ts`. */
let mongo: ReachedMongo;
let client: MongoClient;

beforeAll(async () => {
  mongo = await reachMongo();
  client = await MongoClient.connect(mongo.uri);
});
beforeEach(async () => {
  await client.db().dropDatabase();
});
afterAll(async () => {
  await client.close();
  await mongo.close();
});

const { stored, read } = sourceCollections(() => client);

async function pagesOf(pages: AsyncGenerator<Result<ScanPage, unknown>, void>): Promise<ScanPage[]> {
  const all: ScanPage[] = [];
  for await (const page of pages) {
    if (!page.ok) throw new Error(`page not read: ${JSON.stringify(page.error)}`);
    all.push(page.value);
  }
  return all;
}

const scan = (followed: Followed, from: ScanFrom): Promise<ScanPage[]> =>
  read(reader => pagesOf(reader.scan(followed, from)));

const idsOf = (pages: readonly ScanPage[]): unknown[] =>
  pages.flatMap(({ documents }) => documents.map(({ _id }): unknown => _id));

describe(`a scan of ${REACHED_MONGO}`, () => {
  it('sees every document once, whatever its _id is', async () => {
    const texts = ['', 'a', 'Z', '0', '%', '/', 'é', '\u{FFFD}', '\u{1F600}', ...numbered(2_100)];
    const others = [
      7,
      -0.5,
      Number.NaN,
      Long.fromString('9007199254740993'),
      Decimal128.fromString('1.5'),
      null,
      true,
      { from: 'elsewhere' },
      new Date(0),
      new ObjectId('65f000000000000000000000'),
      new Binary(Buffer.from('raw')),
      new Timestamp({ t: 1, i: 1 }),
      new MinKey(),
      new MaxKey(),
    ];
    await stored('message').insertMany([...others, ...texts].map(_id => ({ _id })));

    const ids = idsOf(await scan('message', { after: undefined }));

    const found = ids.filter(id => typeof id === 'string');
    expect(found).toHaveLength(texts.length);
    expect(new Set(found)).toEqual(new Set(texts));
    expect(ids).toHaveLength(texts.length + others.length);
  });

  it('gets past any number of ids whose bytes were not text', async () => {
    // They are read with this character in place of what could not be; nothing can be asked for behind it.
    const replaced = numbered(1_500).map(id => `${id}\u{FFFD}`);
    await stored('message').insertMany(['a', ...replaced, 'z'].map(_id => ({ _id })));

    const pages = await scan('message', { after: undefined });

    expect(idsOf(pages)).toEqual(['a', ...replaced, 'z']);
    expect(pages.map(({ after }) => after)).toEqual(['a', 'z']);
  });

  it('goes on behind an id', async () => {
    await stored('message').insertMany([...numbered(1_200), 5].map(_id => ({ _id })));
    const [first] = await scan('message', { after: undefined });

    expect(first?.after).toBe('m000999');
    expect(idsOf(await scan('message', { after: first?.after }))).toEqual([...numbered(1_200).slice(1_000), 5]);
  });

  it('answers pages of at most one reply of the server', async () => {
    const large = 'x'.repeat(6_000_000);
    for (const _id of ['a', 'b', 'c', 'd']) await stored('message').insertOne({ _id, msg: large });

    const pages = await scan('message', { after: undefined });

    expect(idsOf(pages)).toEqual(['a', 'b', 'c', 'd']);
    expect(Math.max(...pages.map(({ documents }) => documents.length))).toBeLessThanOrEqual(2);
  });

  it('reads what was written since, and what has no date', async () => {
    await stored('message').insertMany([
      { _id: 'old', _updatedAt: new Date('2026-01-01') },
      { _id: 'new', _updatedAt: new Date('2026-03-01') },
      { _id: 'as-text', _updatedAt: '2026-01-01' },
      { _id: 'undated' },
      { _id: 9, _updatedAt: new Date('2026-01-01') },
    ]);

    const pages = await scan('message', { after: undefined, writtenSince: new Date('2026-02-01') });

    expect(idsOf(pages)).toEqual(['as-text', 'new', 'undated']);
  });

  it('leaves password hashes and second copies of texts where they are', async () => {
    await stored('user').insertOne({ _id: 'anna', username: 'anna', services: { password: { bcrypt: 'hash' } } });
    await stored('room').insertOne({ _id: 'general', t: 'c', lastMessage: { msg: 'said' } });
    await stored('message').insertOne({ _id: 'm', msg: 'said', md: [{ type: 'PARAGRAPH' }], u: { _id: 'anna' } });

    const all = [
      ...(await scan('user', { after: undefined })),
      ...(await scan('room', { after: undefined })),
      ...(await scan('message', { after: undefined })),
    ];

    expect(all.flatMap(({ documents }) => documents)).toEqual([
      { _id: 'anna', username: 'anna' },
      { _id: 'general', t: 'c' },
      { _id: 'm', msg: 'said', u: { _id: 'anna' } },
    ]);
  });

  it('says which ids exist, and reads them', async () => {
    await stored('room').insertMany([
      { _id: 'a', t: 'c' },
      { _id: 'b', t: 'p' },
    ]);

    expect(await read(reader => reader.existing('room', ['a', 'gone', 'b']))).toEqual({
      ok: true,
      value: new Set(['a', 'b']),
    });
    const pages = await read(reader => pagesOf(reader.documents('room', ['b', 'gone'])));
    expect(pages.flatMap(({ documents }) => documents)).toEqual([{ _id: 'b', t: 'p' }]);
    expect(await read(reader => reader.count('room'))).toEqual({ ok: true, value: 2 });
  });

  it('notes an operation time from which a change stream shows whatever is written later', async () => {
    await stored('room').insertOne({ _id: 'before' });
    const noted = await read(reader => reader.operationTime());
    if (!noted.ok) throw new Error('no operation time');
    await stored('room').insertOne({ _id: 'later' });

    const stream = client.db().watch([{ $match: { 'documentKey._id': { $ne: 'before' } } }], {
      startAtOperationTime: noted.value,
    });
    const change = await stream.next();
    await stream.close();

    expect(change).toMatchObject({ operationType: 'insert', documentKey: { _id: 'later' } });
  });
});
