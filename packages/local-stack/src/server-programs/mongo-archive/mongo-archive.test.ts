import { Readable } from 'node:stream';
import { type ArchivePart, nameOf, readArchive } from '@innkeeper/backup-runner/proof-of-restore/mongodb/read-archive';
import { Binary, Decimal128, Double, Int32, Long, ObjectId, serialize, Timestamp } from 'bson';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Crc64 } from './crc64.ts';
import { ArchiveWriter } from './write-archive.ts';

const value = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.double().map(number => new Double(number)),
    fc.integer().map(number => new Int32(number)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(number => Long.fromBigInt(number)),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array({ maxLength: 20 }).map(bytes => new Binary(bytes)),
    fc.uint8Array({ minLength: 12, maxLength: 12 }).map(bytes => new ObjectId(bytes)),
    fc.nat().map(number => new Timestamp({ t: number, i: 1 })),
    fc.integer().map(number => Decimal128.fromString(String(number))),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[A-Za-z0-9_]{1,6}$/u), tie('value'), { maxKeys: 4 }),
  ),
})).value;
const document = fc.dictionary(fc.stringMatching(/^[A-Za-z0-9_]{1,6}$/u), value, { maxKeys: 6 });

/** Batches of a few collections, in turns. */
const batches = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.array(document, { maxLength: 5 })), {
  maxLength: 12,
});
const collections = ['users', 'rocketchat_message', 'rocketchat.odd name', 'empty'].map(collection => ({
  database: 'rocketchat',
  collection,
}));

async function write(order: readonly (readonly [number, readonly Uint8Array[]])[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const writer = new ArchiveWriter(async bytes => void pieces.push(bytes));
  await writer.begin({
    concurrentCollections: 4,
    serverVersion: '8.0.4',
    toolVersion: '100.12.0',
    collections: collections.map(namespace => ({ namespace, metadata: '{"indexes":[]}' })),
  });
  for (const [index, documents] of order) {
    const namespace = collections[index];
    if (namespace !== undefined) await writer.add(namespace, documents);
  }
  for (const namespace of collections) await writer.end(namespace);
  return Buffer.concat(pieces);
}

async function read(archive: Uint8Array): Promise<ArchivePart[]> {
  const parts: ArchivePart[] = [];
  for await (const part of readArchive(Readable.from([archive]))) parts.push(part);
  return parts;
}

test('any documents of any collections, in any turns, are read as they were written', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async order => {
      const encoded = order.map(([index, documents]) => [index, documents.map(item => serialize(item))] as const);
      const parts = await read(await write(encoded));
      for (const [index, namespace] of collections.entries()) {
        const written = encoded.filter(([other]) => other === index).flatMap(([, documents]) => documents);
        const found = parts.flatMap(part =>
          part.kind === 'document' && nameOf(part.namespace) === nameOf(namespace) ? [Buffer.from(part.bytes)] : [],
        );
        expect(found).toEqual(written.map(bytes => Buffer.from(bytes)));
        const crc = new Crc64();
        for (const bytes of written) crc.update(bytes);
        const end = parts.find(part => part.kind === 'end' && nameOf(part.namespace) === nameOf(namespace));
        expect(end).toMatchObject({ crc: crc.digest() });
      }
    }),
    { numRuns: 60 },
  );
});

test('the checksum is CRC-64 as ECMA-182 has it, reflected', () => {
  const crc = new Crc64();
  crc.update(Buffer.from('123456789'));
  expect(BigInt.asUintN(64, crc.digest()).toString(16)).toBe('995dc9bbdf1939fa');
});

test('an archive of one document has these bytes', async () => {
  const [users] = collections;
  const pieces: Uint8Array[] = [];
  const writer = new ArchiveWriter(async bytes => void pieces.push(bytes));
  await writer.begin({
    concurrentCollections: 1,
    serverVersion: '8',
    toolVersion: 't',
    collections: users === undefined ? [] : [{ namespace: { ...users, database: 'd' }, metadata: '' }],
  });
  const namespace = { database: 'd', collection: 'users' };
  await writer.add(namespace, [serialize({ _id: 'a' })]);
  await writer.end(namespace);
  expect(
    Buffer.concat(pieces)
      .toString('hex')
      .match(/.{1,64}/gu),
  ).toEqual(GOLDEN);
});

/** Magic number, header, announcement, block, end: as the tools' own reader takes them apart. */
const GOLDEN = [
  '6de299815c00000010636f6e63757272656e745f636f6c6c656374696f6e7300',
  '010000000276657273696f6e0004000000302e3100027365727665725f766572',
  '73696f6e0002000000380002746f6f6c5f76657273696f6e0002000000740000',
  '530000000264620002000000640002636f6c6c656374696f6e00060000007573',
  '65727300026d657461646174610001000000001073697a650000000000027479',
  '7065000b000000636f6c6c656374696f6e0000ffffffff380000000264620002',
  '000000640002636f6c6c656374696f6e000600000075736572730008454f4600',
  '00124352430000000000000000000010000000025f69640002000000610000ff',
  'ffffff380000000264620002000000640002636f6c6c656374696f6e00060000',
  '0075736572730008454f460001124352430094b34febb2e8d4a600ffffffff',
];
