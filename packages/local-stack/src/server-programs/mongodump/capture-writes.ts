import { type ChangeStream, type Document, type MongoClient, Timestamp } from 'mongodb';
import * as z from 'zod';
import { toOplogEntry } from './to-oplog-entry.ts';

/**
 * The writes of a whole server from this moment on, as entries of an oplog. The real program reads `local.oplog.rs`,
 * which the stand-in of MongoDB does not have; a change stream says the same.
 */
export interface WriteCapture {
  /** All that were made before this call, as BSON, in order. Ends the capture. */
  untilNow(): Promise<Uint8Array[]>;
}

/** Values as they are on the wire: a long that became a number would be written back as something else. */
const EXACT = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;
const AWAIT_MS = 50;

const Ping = z.object({ operationTime: z.instanceof(Timestamp) });

export async function captureWrites(client: MongoClient): Promise<WriteCapture> {
  const stream: ChangeStream = client.watch([], {
    startAtOperationTime: await operationTime(client),
    maxAwaitTimeMS: AWAIT_MS,
    ...EXACT,
  });
  const entries: Uint8Array[] = [];
  return {
    async untilNow() {
      const end = await operationTime(client);
      try {
        for (let event = await next(stream); event !== null; event = await next(stream)) {
          if (timeOf(event).greaterThan(end)) break;
          entries.push(toOplogEntry(event));
        }
        return entries;
      } finally {
        await stream.close();
      }
    },
  };
}

async function operationTime(client: MongoClient): Promise<Timestamp> {
  return Ping.parse(await client.db('admin').command({ ping: 1 })).operationTime;
}

async function next(stream: ChangeStream): Promise<Document | null> {
  return stream.tryNext();
}

function timeOf(event: Document): Timestamp {
  return z.object({ clusterTime: z.instanceof(Timestamp) }).parse(event).clusterTime;
}
