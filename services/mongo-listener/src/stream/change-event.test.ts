import { readFile } from 'node:fs/promises';
import { chatVersion } from '@innkeeper/shared/contracts/chat-change';
import fc from 'fast-check';
import { BSON, type Document, Timestamp } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { parseChangeEvent } from './change-event.ts';

const recorded = async (name: string): Promise<Document> => {
  const path = new URL(`./__fixtures__/changestream.${name}.ejson.json`, import.meta.url);
  return BSON.EJSON.parse(await readFile(path, 'utf8'), { relaxed: false }) as Document;
};

const insert = (fields: Document = {}): Document => ({
  _id: { _data: '82' },
  operationType: 'insert',
  clusterTime: new Timestamp({ t: 1_795_248_767, i: 4 }),
  ns: { db: 'rocketchat', coll: 'rocketchat_message' },
  documentKey: { _id: 'm' },
  fullDocument: { _id: 'm', msg: 'said' },
  ...fields,
});

describe('a change event', () => {
  it('of an edit names the fields it touched and carries the document as it is now', async () => {
    expect(parseChangeEvent(await recorded('update-edit'))).toMatchObject({
      kind: 'change',
      change: {
        followed: 'message',
        operation: 'update',
        id: 'fAZw2ATh5Fkx4cjKA',
        version: chatVersion(1_795_248_767, 1),
        origin: 'stream',
        document: { msg: 'room 3 arrives at 22:15, key in the box' },
        touched: new Set(['msg', 'md', 'editedAt', 'editedBy', '_updatedAt']),
      },
    });
  });

  it('of an insertion and of a deletion touches all there is', async () => {
    const inserted = parseChangeEvent(await recorded('insert'));
    expect(inserted).toMatchObject({ kind: 'change', change: { operation: 'insert' } });
    expect(inserted.kind === 'change' && inserted.change.touched).toBeUndefined();
    const deleted = parseChangeEvent(await recorded('delete'));
    expect(deleted).toMatchObject({ kind: 'change', change: { operation: 'delete', id: 'fAZw2ATh5Fkx4cjKA' } });
    expect(deleted.kind === 'change' && 'document' in deleted.change).toBe(false);
  });

  it('names top-level fields of dotted paths, of what was removed, and of arrays that were cut', () => {
    const event = insert({
      operationType: 'update',
      updateDescription: {
        updatedFields: { 'reactions.:+1:.usernames.0': 'anna', tcount: 2 },
        removedFields: ['pinnedBy.username'],
        truncatedArrays: [{ field: 'replies', newSize: 1 }],
      },
    });
    expect(parseChangeEvent(event)).toMatchObject({
      change: { touched: new Set(['reactions', 'tcount', 'pinnedBy', 'replies']) },
    });
  });

  it('has no document where it was gone when it was looked up', () => {
    const parsed = parseChangeEvent(insert({ operationType: 'update', fullDocument: null, updateDescription: {} }));
    expect(parsed.kind === 'change' && 'document' in parsed.change).toBe(false);
  });

  it.each([
    ['drop of a followed collection', { operationType: 'drop' }, 'collection_dropped'],
    ['rename of one', { operationType: 'rename', to: { db: 'rocketchat', coll: 'old' } }, 'collection_renamed'],
    [
      'rename that replaces one',
      { operationType: 'rename', ns: { db: 'rocketchat', coll: 'restored' }, to: { db: 'rocketchat', coll: 'users' } },
      'collection_renamed',
    ],
    ['drop of the database', { operationType: 'dropDatabase', ns: { db: 'rocketchat' } }, 'database_dropped'],
    ['invalidation', { operationType: 'invalidate' }, 'invalidated'],
  ])('breaks the stream: %s', (_, fields, reason) => {
    expect(parseChangeEvent(insert(fields))).toMatchObject({ kind: 'broken', reason });
  });

  it('is none of our business in another collection', () => {
    const ns = { db: 'rocketchat', coll: 'rocketchat_statistics' };
    expect(parseChangeEvent(insert({ ns })).kind).toBe('foreign');
    expect(parseChangeEvent(insert({ ns, operationType: 'drop' })).kind).toBe('foreign');
    expect(parseChangeEvent(insert({ ns, clusterTime: undefined })).kind).toBe('foreign');
  });

  it('that cannot be read tells whose it is and which fields are wrong, not what is in them', () => {
    expect(parseChangeEvent(insert({ clusterTime: 'secret', documentKey: { _id: 7 } }))).toEqual({
      kind: 'unreadable',
      followed: 'message',
      id: 7,
      fields: 'clusterTime: invalid_type',
    });
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), fc.anything(), (event, field) => {
        parseChangeEvent(event);
        for (const name of Object.keys(insert())) parseChangeEvent(insert({ [name]: field }));
      }),
    );
  });
});
