import { type Document, Int32, Long, serialize } from 'bson';
import * as z from 'zod';

/**
 * A change event as an entry of an oplog. An update becomes one of version 1 (`$set` and `$unset` by path), which says
 * what the event says; version 2 would need to know which steps of a path are arrays. Pure.
 */
const document = z.custom<Document>(value => typeof value === 'object' && value !== null);
const place = z.object({ db: z.string(), coll: z.string() });
const head = { ns: place, clusterTime: document, wallTime: z.date().optional() };

const ChangeEvent = z.discriminatedUnion('operationType', [
  z.object({ ...head, operationType: z.literal('insert'), fullDocument: document }),
  z.object({ ...head, operationType: z.literal('replace'), fullDocument: document, documentKey: document }),
  z.object({
    ...head,
    operationType: z.literal('update'),
    documentKey: document,
    updateDescription: z.object({
      updatedFields: document,
      removedFields: z.array(z.string()),
      // Version 1 cannot say it, and a dump must not leave out what it cannot say.
      truncatedArrays: z.array(z.never('an array was cut short during the dump; try again')).default([]),
    }),
  }),
  z.object({ ...head, operationType: z.literal('delete'), documentKey: document }),
  z.object({ ...head, operationType: z.literal('drop') }),
  z.object({ ...head, operationType: z.literal('rename'), to: place }),
  z.object({ ...head, operationType: z.literal('dropDatabase'), ns: z.object({ db: z.string() }) }),
]);
type ChangeEvent = z.infer<typeof ChangeEvent>;

const ENTRY_VERSION = new Long(2);

/** @throws ZodError for an event that is none of these. */
export function toOplogEntry(event: Document): Uint8Array {
  const change = ChangeEvent.parse(event);
  const { clusterTime, wallTime } = change;
  return serialize({ ...operationOf(change), ts: clusterTime, v: ENTRY_VERSION, wall: wallTime ?? new Date(0) });
}

function toUpdate({ updatedFields, removedFields }: { updatedFields: Document; removedFields: string[] }): Document {
  return {
    $v: new Int32(1),
    ...(Object.keys(updatedFields).length === 0 ? {} : { $set: updatedFields }),
    ...(removedFields.length === 0 ? {} : { $unset: Object.fromEntries(removedFields.map(path => [path, true])) }),
  };
}

function operationOf(change: ChangeEvent): Document {
  const { db } = change.ns;
  const command = { op: 'c', ns: `${db}.$cmd` };
  switch (change.operationType) {
    case 'insert':
      return { op: 'i', ns: `${db}.${change.ns.coll}`, o: change.fullDocument };
    case 'replace':
      return { op: 'u', ns: `${db}.${change.ns.coll}`, o: change.fullDocument, o2: change.documentKey };
    case 'update':
      return {
        op: 'u',
        ns: `${db}.${change.ns.coll}`,
        o: toUpdate(change.updateDescription),
        o2: change.documentKey,
      };
    case 'delete':
      return { op: 'd', ns: `${db}.${change.ns.coll}`, o: change.documentKey };
    case 'drop':
      return { ...command, o: { drop: change.ns.coll } };
    case 'rename':
      return {
        ...command,
        o: { renameCollection: `${db}.${change.ns.coll}`, to: `${change.to.db}.${change.to.coll}` },
      };
    case 'dropDatabase':
      return { ...command, o: { dropDatabase: new Int32(1) } };
  }
}
