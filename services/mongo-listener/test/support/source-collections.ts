import type { Collection, Document, MongoClient } from 'mongodb';
import { withMongodbSourceReader } from '../../src/snapshot/mongodb-source-reader.ts';
import type { SourceReader } from '../../src/snapshot/source-reader.ts';
import { COLLECTIONS, type Followed } from '../../src/source-document.ts';

interface AnyDocument extends Document {
  _id: unknown;
}

/** What a snapshot reads, and the reader that reads it, in the database of `client`. */
export interface SourceCollections {
  readonly stored: (followed: Followed) => Collection<AnyDocument>;
  readonly read: <T>(use: (reader: SourceReader) => Promise<T>, signal?: AbortSignal) => Promise<T>;
}

/** `client` is asked for at each call: a test opens it before it begins. */
export const sourceCollections = (client: () => MongoClient): SourceCollections => ({
  stored: followed => client().db().collection(COLLECTIONS[followed]),
  read: (use, signal = new AbortController().signal) => withMongodbSourceReader(client().db(), signal, use),
});

/** That many ids, in the order of their numbers. */
export const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `m${String(index).padStart(6, '0')}`);
