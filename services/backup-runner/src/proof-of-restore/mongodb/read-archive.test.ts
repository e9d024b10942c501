import { Readable } from 'node:stream';
import { BSON, type Document, Long } from 'mongodb';
import { expect, test } from 'vitest';
import { ArchiveError, type ArchivePart, readArchive } from './read-archive.ts';

const doc = (document: Document): Uint8Array => BSON.serialize(document);
const magic = Buffer.from('6de29981', 'hex');
const end = Buffer.from('ffffffff', 'hex');
const header = doc({ concurrent_collections: 4, version: '0.1', server_version: '8.0.4', tool_version: '100.12.0' });
const announce = (collection: string, type: string): Uint8Array =>
  doc({ db: 'rocketchat', collection, metadata: '{}', size: 0, type });
const block = (collection: string, isEnd: boolean): Uint8Array =>
  doc({ db: 'rocketchat', collection, EOF: isEnd, CRC: new Long(0) });

async function read(...pieces: readonly Uint8Array[]): Promise<ArchivePart[]> {
  const parts: ArchivePart[] = [];
  for await (const part of readArchive(Readable.from(pieces))) parts.push(part);
  return parts;
}

const whole = [
  ...[magic, header, announce('users', 'collection'), announce('everyone', 'view'), end],
  ...[block('users', false), doc({ _id: 'frida' }), end],
  ...[block('users', true), end],
];

test('collections come in pieces, and each has an end; a view has none', async () => {
  expect((await read(...whole)).map(({ kind }) => kind)).toEqual([
    'header',
    'collection',
    'collection',
    'document',
    'end',
  ]);
});

test('it does not matter how the bytes are cut', async () => {
  const bytes = Buffer.concat(whole);
  const parts = await read(bytes);
  for (const size of [1, 3, 7, 64]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    expect(await read(...pieces)).toEqual(parts);
  }
});

test('an archive that stops anywhere is damaged', async () => {
  const bytes = Buffer.concat(whole);
  for (let length = 0; length < bytes.length; length++) {
    await expect(read(bytes.subarray(0, length)), `${length} bytes`).rejects.toBeInstanceOf(ArchiveError);
  }
});

test.each([
  ['something else', [Buffer.from('PGDMP')]],
  ['a block without a name', [magic, header, end, end]],
  ['a collection that goes on after its end', [...whole, block('users', false), end]],
  ['a format of another version', [magic, doc({ version: '1.0', server_version: '9', tool_version: '1' }), end]],
  ['a length that is none', [magic, header, Buffer.from([4, 0, 0, 0])]],
  ['a name of another shape', [magic, header, end, doc({ db: 1 }), end]],
])('%s is refused', async (_, pieces) => {
  await expect(read(...pieces)).rejects.toBeInstanceOf(ArchiveError);
});
