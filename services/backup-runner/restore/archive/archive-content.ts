import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import {
  ArchiveError,
  isOplog,
  type Namespace,
  nameOf,
  readArchive,
} from '../../src/proof-of-restore/mongodb/read-archive.ts';
import { parseJson } from '../../src/restic/json-lines.ts';

/** What a restore has to know of mongodump's archive: its collections, and how many documents of each it must bring. */
export interface ArchiveContent {
  /** By `database.collection`; without the oplog. */
  readonly documents: ReadonlyMap<string, number>;
  /** Those of them whose documents expire: a server begins to remove them as soon as it has them back. */
  readonly expiring: ReadonlySet<string>;
  /** Writes during the dump, to be replayed. */
  readonly oplogEntries: number;
}

/** Reads to the end, holding one document at a time. */
export async function readArchiveContent(chunks: AsyncIterable<Uint8Array>): Promise<Result<ArchiveContent, string>> {
  const documents = new Map<string, number>();
  const expiring = new Set<string>();
  let oplogEntries = 0;
  try {
    for await (const part of readArchive(chunks)) {
      if (part.kind === 'header' || part.kind === 'end') continue;
      const name = nameOf(part.namespace);
      if (part.kind === 'collection' && expires(part.metadata)) expiring.add(name);
      if (isOplog(part.namespace)) oplogEntries += part.kind === 'document' ? 1 : 0;
      else documents.set(name, (documents.get(name) ?? 0) + (part.kind === 'document' ? 1 : 0));
    }
    return ok({ documents, expiring, oplogEntries });
  } catch (error) {
    if (error instanceof ArchiveError) return err(error.message);
    throw error;
  }
}

const Metadata = z.object({ indexes: z.array(z.record(z.string(), z.unknown())).nullish() });

/** False, too, for metadata that cannot be read: they are mongorestore's to refuse. */
function expires(metadata: string): boolean {
  const parsed = Metadata.safeParse(parseJson(metadata));
  return parsed.data?.indexes?.some(index => index['expireAfterSeconds'] !== undefined) === true;
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
