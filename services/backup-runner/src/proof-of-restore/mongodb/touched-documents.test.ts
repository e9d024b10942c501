import { BSON, type Document, Long, Timestamp } from 'mongodb';
import { expect, test } from 'vitest';
import { hashOf } from './document-set.ts';
import { identityOf } from './raw-document.ts';
import { TouchedDocuments } from './touched-documents.ts';

const MESSAGES = 'rocketchat.rocketchat_message';

function after(...entries: readonly Document[]): TouchedDocuments {
  const touched = new TouchedDocuments();
  for (const entry of entries) {
    touched.add(BSON.serialize({ ts: new Timestamp({ t: 1, i: 1 }), v: new Long(2), ns: MESSAGES, ...entry }));
  }
  return touched;
}

const idOf = (_id: unknown): string => identityOf(BSON.serialize({ _id }));
const hash = (document: Document): string => hashOf(BSON.serialize(document)).toString('hex');

test('the last write of a document decides', () => {
  const insert = { op: 'i', o: { _id: 'a', msg: 'one' } };
  const replace = { op: 'u', o: { _id: 'a', msg: 'two' }, o2: { _id: 'a' } };
  const edit = { op: 'u', o: { $v: 2, diff: { u: { msg: 'three' } } }, o2: { _id: 'a' } };
  const remove = { op: 'd', o: { _id: 'a' } };
  const end = (...entries: Document[]): unknown =>
    after(...entries)
      .of(MESSAGES)
      .get(idOf('a'));

  expect(end(insert)).toEqual({ kind: 'present', hash: hash({ _id: 'a', msg: 'one' }) });
  expect(end(insert, replace)).toEqual({ kind: 'present', hash: hash({ _id: 'a', msg: 'two' }) });
  expect(end(insert, edit)).toEqual({ kind: 'present', hash: undefined });
  expect(end(insert, edit, remove)).toEqual({ kind: 'absent' });
  expect(end(remove, insert)).toEqual({ kind: 'present', hash: hash({ _id: 'a', msg: 'one' }) });
});

test('ids of different types are different documents', () => {
  const touched = after({ op: 'd', o: { _id: '1' } }).of(MESSAGES);
  expect(touched.has(idOf('1'))).toBe(true);
  expect(touched.has(idOf(1))).toBe(false);
});

test('the writes of a transaction count like any others', () => {
  const applyOps = [{ op: 'd', ns: MESSAGES, o: { _id: 'a' } }];
  const touched = after({ op: 'c', ns: 'admin.$cmd', o: { applyOps } });
  expect(touched.of(MESSAGES).get(idOf('a'))).toEqual({ kind: 'absent' });
});

test('of a collection that was dropped or renamed nothing is claimed', () => {
  const command = (o: Document): TouchedDocuments => after({ op: 'c', ns: 'rocketchat.$cmd', o });
  const dropped = command({ drop: 'rocketchat_message' });
  expect([dropped.isRestructured(MESSAGES), dropped.isRestructured('rocketchat.users')]).toEqual([true, false]);
  const renamed = command({ renameCollection: 'rocketchat.old', to: MESSAGES });
  expect([renamed.isRestructured(MESSAGES), renamed.isRestructured('rocketchat.old')]).toEqual([true, true]);
  expect(command({ dropDatabase: 1 }).isRestructured(MESSAGES)).toBe(true);
  expect(command({ createIndexes: 'users', name: 'by_name' }).isRestructured(MESSAGES)).toBe(false);
  expect(command({ somethingNew: 1 }).isRestructured('other.collection')).toBe(true);
});

test('a no-op touches nothing', () => {
  expect([...after({ op: 'n', ns: '', o: { msg: 'periodic noop' } }).namespaces]).toEqual([]);
});
