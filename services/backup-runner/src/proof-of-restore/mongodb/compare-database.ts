import { createHash } from 'node:crypto';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { DocumentSet, hashOf } from './document-set.ts';
import type { ExpectedCollection } from './expected-database.ts';
import { identityOf } from './raw-document.ts';
import { type Namespace, nameOf } from './read-archive.ts';

export interface RebuiltDatabase {
  readonly collections: number;
  readonly documents: number;
  /** SHA-256 over name, count and digest of every collection: two databases with the same content have the same. */
  readonly digest: string;
}

/** How a rebuilt database is not the one that was dumped: counts only. */
export interface DatabaseDifference {
  /** Collections in which documents are missing, too many, or other than in the archive. */
  readonly collections: number;
}

/** Every document of a collection, as the bytes that are stored; nothing when there is no such collection. */
export type ReadDocuments = (namespace: Namespace) => AsyncIterable<Uint8Array>;

/** Reads all documents of the restored database and holds them against what the archive says must be there. */
export async function compareDatabase(
  read: ReadDocuments,
  expected: readonly ExpectedCollection[],
): Promise<Result<RebuiltDatabase, DatabaseDifference>> {
  const whole = createHash('sha256');
  let [documents, different] = [0, 0];
  const ordered = expected.toSorted((left, right) => (nameOf(left.namespace) < nameOf(right.namespace) ? -1 : 1));
  for (const collection of ordered) {
    const found = await readCollection(read, collection);
    documents += found.all.count;
    if (!found.isAsExpected) different += 1;
    whole.update(`${nameOf(collection.namespace)} ${found.all.count} ${found.all.digest}\n`);
  }
  if (different > 0) return err({ collections: different });
  return ok({ collections: ordered.length, documents, digest: whole.digest('hex') });
}

async function readCollection(
  read: ReadDocuments,
  { namespace, untouched, touched }: ExpectedCollection,
): Promise<{ readonly all: DocumentSet; readonly isAsExpected: boolean }> {
  const all = new DocumentSet();
  const foundUntouched = new DocumentSet();
  const foundTouched = new Map<string, string>();
  for await (const document of read(namespace)) {
    all.add(document);
    const identity = identityOf(document);
    if (touched.has(identity)) foundTouched.set(identity, hashOf(document).toString('hex'));
    else foundUntouched.add(document);
  }
  const isSame = foundUntouched.count === untouched.count && foundUntouched.digest === untouched.digest;
  const endedWell = [...touched].every(([identity, ending]) => {
    const hash = foundTouched.get(identity);
    if (ending.kind === 'absent') return hash === undefined;
    return hash !== undefined && (ending.hash === undefined || ending.hash === hash);
  });
  return { all, isAsExpected: isSame && endedWell };
}
