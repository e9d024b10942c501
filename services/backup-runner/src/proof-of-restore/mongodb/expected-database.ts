import { DocumentSet } from './document-set.ts';
import { identityOf } from './raw-document.ts';
import { isOplog, type Namespace, nameOf, readArchive } from './read-archive.ts';
import { TouchedDocuments } from './touched-documents.ts';

/** What a database must hold once an archive and its oplog were restored into it. */
export interface ExpectedDatabase {
  readonly collections: readonly ExpectedCollection[];
  /** Documents that the archive holds, by collection; the server's own are not counted. */
  readonly dumped: ReadonlyMap<string, number>;
}

export interface ExpectedCollection {
  readonly namespace: Namespace;
  /** Documents that nothing wrote to during the dump. */
  readonly untouched: DocumentSet;
  readonly touched: ReturnType<TouchedDocuments['of']>;
}

/** Belong to the server, which does not take them back as they are. */
const OWN_DATABASES = new Set(['admin', 'config', 'local']);
export const isCompanys = ({ database, collection }: Namespace): boolean =>
  !OWN_DATABASES.has(database) && !collection.startsWith('system.');

/**
 * Reads the archive twice, because the oplog stands at its end and decides which documents can be told whole; memory
 * grows with the oplog only. `open` gives the archive's bytes from the start. Collections that were dropped or renamed
 * during the dump are left out. @throws ArchiveError.
 */
export async function readExpected(open: () => AsyncIterable<Uint8Array>): Promise<ExpectedDatabase> {
  const touched = new TouchedDocuments();
  for await (const part of readArchive(open())) {
    if (part.kind === 'document' && isOplog(part.namespace)) touched.add(part.bytes);
  }
  const dumped = new Map<string, number>();
  const collections = new Map<string, ExpectedCollection>();
  const collectionOf = (namespace: Namespace): ExpectedCollection => {
    const name = nameOf(namespace);
    const known = collections.get(name);
    if (known !== undefined) return known;
    const expected = { namespace, untouched: new DocumentSet(), touched: touched.of(name) };
    collections.set(name, expected);
    return expected;
  };
  for await (const part of readArchive(open())) {
    if (part.kind === 'header' || part.kind === 'collection' || isOplog(part.namespace)) continue;
    if (!isCompanys(part.namespace)) continue;
    const name = nameOf(part.namespace);
    const count = dumped.get(name) ?? 0;
    dumped.set(name, part.kind === 'document' ? count + 1 : count);
    if (touched.isRestructured(name)) continue;
    const expected = collectionOf(part.namespace);
    if (part.kind === 'document' && !expected.touched.has(identityOf(part.bytes))) expected.untouched.add(part.bytes);
  }
  for (const name of touched.namespaces) {
    const dot = name.indexOf('.');
    const namespace = { database: name.slice(0, dot), collection: name.slice(dot + 1) };
    if (isCompanys(namespace) && !touched.isRestructured(name)) collectionOf(namespace);
  }
  return { collections: [...collections.values()], dumped };
}
