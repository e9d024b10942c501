import { refusalOf } from '@innkeeper/shared/adapters/firestore/document-limits';
import {
  type CommitReceipt,
  type DocumentFields,
  type DocumentPath,
  type DocumentQuery,
  type DocumentStore,
  type DocumentWrite,
  type StoredDocument,
  type StoreError,
  Timestamp,
} from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { applyDocumentWrite } from '@innkeeper/shared/testing/apply-document-write';
import { runDocumentQuery } from '@innkeeper/shared/testing/run-document-query';
import { equalityIndexes } from './equality-indexes.ts';
import { sameFields } from './same-fields.ts';

/**
 * Firestore for millions of calls: same behaviour as the in-memory store of the tests (both pass its contract suite), but
 * each operation happens in one turn, documents are handed out as they are kept (nobody writes into what is read-only),
 * and queries for equal values have indexes, as Firestore's have.
 */
export interface SimulatedDocuments {
  getAll(paths: readonly DocumentPath[]): (StoredDocument | undefined)[];
  query(query: DocumentQuery): StoredDocument[];
  commit(writes: readonly DocumentWrite[]): Result<CommitReceipt, StoreError>;
  /** Every document of a collection. */
  all(collection: string): Iterable<StoredDocument>;
}

export type OnDocument = (
  path: DocumentPath,
  before: StoredDocument | undefined,
  after: StoredDocument | undefined,
) => void;

export function simulatedDocuments(now: () => number, onDocument: OnDocument = () => undefined): SimulatedDocuments {
  const collections = new Map<string, Map<string, StoredDocument>>();
  const indexes = equalityIndexes();
  let lastMicros = 0n;

  const nextTime = (): Timestamp => {
    const clock = Timestamp.fromMillis(now()).epochMicros;
    lastMicros = clock > lastMicros ? clock : lastMicros + 1n;
    return new Timestamp(lastMicros);
  };

  const collectionOf = (path: string): Map<string, StoredDocument> => {
    const name = path.slice(0, path.lastIndexOf('/'));
    const known = collections.get(name) ?? new Map<string, StoredDocument>();
    collections.set(name, known);
    return known;
  };

  const keep = (path: DocumentPath, before: StoredDocument | undefined, after: StoredDocument | undefined): void => {
    if (after === undefined) collectionOf(path).delete(path);
    else collectionOf(path).set(path, after);
    indexes.note(path, before, after);
    onDocument(path, before, after);
  };

  return {
    getAll: paths => paths.map(path => collectionOf(path).get(path)),
    query: query => {
      const all = collections.get(query.collection) ?? new Map<string, StoredDocument>();
      return runDocumentQuery(indexes.candidates(query, all) ?? [...all.values()], query);
    },
    commit: writes => {
      const refusal = refusalOf(writes);
      if (refusal !== undefined) return err(refusal);
      const commitTime = nextTime();
      const changed = new Map<DocumentPath, StoredDocument | undefined>();
      const updateTimes: (Timestamp | undefined)[] = [];
      for (const write of writes) {
        const before = changed.has(write.path) ? changed.get(write.path) : collectionOf(write.path).get(write.path);
        if (!holds(write, before)) return err({ kind: 'precondition_failed', detail: `${write.op}: precondition` });
        const after = settle(write, before, commitTime);
        changed.set(write.path, after);
        updateTimes.push(after?.updateTime);
      }
      for (const [path, after] of changed) {
        const before = collectionOf(path).get(path);
        if (before !== after) keep(path, before, after);
      }
      return ok({ updateTimes });
    },
    all: collection => collections.get(collection)?.values() ?? [],
  };
}

function settle(
  write: DocumentWrite,
  before: StoredDocument | undefined,
  commitTime: Timestamp,
): StoredDocument | undefined {
  const fields: DocumentFields | undefined = applyDocumentWrite(before?.fields, write, commitTime);
  if (fields === undefined) return undefined;
  if (before !== undefined && sameFields(before.fields, fields)) return before;
  return { path: write.path, fields, createTime: before?.createTime ?? commitTime, updateTime: commitTime };
}

function holds({ precondition }: DocumentWrite, before: StoredDocument | undefined): boolean {
  if (precondition === undefined) return true;
  if ('exists' in precondition) return precondition.exists === (before !== undefined);
  return before?.updateTime.epochMicros === precondition.updateTime.epochMicros;
}

/** The port over it, for whoever never fails. */
export function documentStoreOf(documents: SimulatedDocuments): DocumentStore {
  return {
    getAll: paths => Promise.resolve(ok(documents.getAll(paths))),
    query: query => Promise.resolve(ok(documents.query(query))),
    commit: writes => Promise.resolve(documents.commit(writes)),
    transact: (paths, decide) => Promise.resolve(transactAtOnce(documents, paths, decide)),
  };
}

/** In one turn nobody comes between the reads and the commit. */
export function transactAtOnce<T>(
  documents: SimulatedDocuments,
  paths: readonly DocumentPath[],
  decide: (documents: (StoredDocument | undefined)[]) => { writes: readonly DocumentWrite[]; value: T },
): Result<T, StoreError> {
  const decided = decide(documents.getAll(paths));
  const committed = documents.commit(decided.writes);
  return committed.ok ? ok(decided.value) : committed;
}
