import type { MongoClient } from 'mongodb';
import type { ReadDocuments } from './compare-database.ts';

const BATCH_DOCUMENTS = 1_000;

/** The documents of a running server. Throws the driver's errors. */
export const rawDocuments = (client: MongoClient): ReadDocuments =>
  async function* read({ database, collection }) {
    const cursor = client.db(database).collection(collection).find({}, { raw: true, batchSize: BATCH_DOCUMENTS });
    // The driver's types do not know that raw documents are bytes.
    while (await cursor.hasNext()) yield* cursor.readBufferedDocuments() as unknown as Uint8Array[];
  };
