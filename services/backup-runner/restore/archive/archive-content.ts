import { err, ok, type Result } from '@innkeeper/shared/result/result';
import {
  ArchiveError,
  isOplog,
  type Namespace,
  nameOf,
  readArchive,
} from '../../src/proof-of-restore/mongodb/read-archive.ts';

/** What a restore has to know of mongodump's archive: its collections, and how many documents of each it must bring. */
export interface ArchiveContent {
  /** By `database.collection`; without the oplog. */
  readonly documents: ReadonlyMap<string, number>;
  /** Writes during the dump, to be replayed. */
  readonly oplogEntries: number;
}

/** Reads to the end, holding one document at a time. */
export async function readArchiveContent(chunks: AsyncIterable<Uint8Array>): Promise<Result<ArchiveContent, string>> {
  const documents = new Map<string, number>();
  let oplogEntries = 0;
  try {
    for await (const part of readArchive(chunks)) {
      if (part.kind === 'header' || part.kind === 'end') continue;
      const name = nameOf(part.namespace);
      if (isOplog(part.namespace)) oplogEntries += part.kind === 'document' ? 1 : 0;
      else documents.set(name, (documents.get(name) ?? 0) + (part.kind === 'document' ? 1 : 0));
    }
    return ok({ documents, oplogEntries });
  } catch (error) {
    if (error instanceof ArchiveError) return err(error.message);
    throw error;
  }
}

/** Reads the announcements only and leaves the rest of the stream alone. */
export async function readCollections(
  chunks: AsyncIterable<Uint8Array>,
): Promise<Result<readonly Namespace[], string>> {
  const collections: Namespace[] = [];
  try {
    for await (const part of readArchive(chunks)) {
      if (part.kind === 'header') continue;
      if (part.kind !== 'collection') break;
      if (!isOplog(part.namespace)) collections.push(part.namespace);
    }
    return ok(collections);
  } catch (error) {
    if (error instanceof ArchiveError) return err(error.message);
    throw error;
  }
}
