import { refusalOf } from '../adapters/firestore/document-limits.ts';
import { TRANSACTION_ATTEMPTS_MAX } from '../adapters/firestore/transaction-backoff.ts';
import { createValueCodec } from '../adapters/firestore/value-codec.ts';
import {
  type CommitReceipt,
  type DocumentPath,
  type DocumentStore,
  type DocumentWrite,
  type StoredDocument,
  type StoreError,
  Timestamp,
} from '../ports/document-store.ts';
import { err, ok, type Result } from '../result/result.ts';
import { applyDocumentWrite } from './apply-document-write.ts';
import { compareValues } from './document-value-order.ts';
import { runDocumentQuery } from './run-document-query.ts';

/**
 * A simulated Firestore: preconditions, transforms, transactions, query order and cursors as the real one, update times
 * that strictly rise. Values pass through the REST codec, so nobody holds a stored object by reference.
 */
export interface FaultPoint {
  readonly operation: 'getAll' | 'query' | 'commit' | 'transact';
  /** `decided`: between the reads and the commit of a transaction. `after`: done, but the answer gets lost. */
  readonly phase: 'before' | 'decided' | 'after';
  readonly paths: readonly string[];
}

/** Fails the operation at this point by answering an error; delays it by answering later; may write in between. */
export type DocumentStoreFault = (point: FaultPoint) => StoreError | undefined | Promise<StoreError | undefined>;

export interface InMemoryDocumentStore extends DocumentStore {
  /** Everything there is, by path. */
  readonly documents: ReadonlyMap<string, StoredDocument>;
}

export function inMemoryDocumentStore(
  options: { now?: () => number; fault?: DocumentStoreFault } = {},
): InMemoryDocumentStore {
  const documents = new Map<string, StoredDocument>();
  const codec = createValueCodec('projects/in-memory/databases/(default)/documents');
  const fault = options.fault ?? (() => undefined);
  const now = options.now ?? (() => Date.now());
  let lastMicros = 0n;

  const nextTime = (): Timestamp => {
    const clock = Timestamp.fromMillis(now()).epochMicros;
    lastMicros = clock > lastMicros ? clock : lastMicros + 1n;
    return new Timestamp(lastMicros);
  };

  const copyOut = (document: StoredDocument): StoredDocument => ({
    ...document,
    fields: codec.decodeFields(codec.encodeFields(document.fields)),
  });

  const read = (paths: readonly DocumentPath[]): (StoredDocument | undefined)[] =>
    paths.map(path => {
      const document = documents.get(path);
      return document === undefined ? undefined : copyOut(document);
    });

  const apply = (writes: readonly DocumentWrite[]): Result<CommitReceipt, StoreError> => {
    const refusal = refusalOf(writes);
    if (refusal !== undefined) return err(refusal);
    const commitTime = nextTime();
    const changed = new Map<string, StoredDocument | undefined>();
    const updateTimes: (Timestamp | undefined)[] = [];
    for (const write of writes) {
      const before = changed.has(write.path) ? changed.get(write.path) : documents.get(write.path);
      if (!holds(write, before)) {
        return err({ kind: 'precondition_failed', detail: `in-memory ${write.op}: precondition` });
      }
      const after = settle(write, before, commitTime);
      changed.set(write.path, after);
      updateTimes.push(after?.updateTime);
    }
    for (const [path, document] of changed) {
      if (document === undefined) documents.delete(path);
      else documents.set(path, document);
    }
    return ok({ updateTimes });
  };

  const settle = (
    write: DocumentWrite,
    before: StoredDocument | undefined,
    commitTime: Timestamp,
  ): StoredDocument | undefined => {
    const applied = applyDocumentWrite(before?.fields, write, commitTime);
    if (applied === undefined) return undefined;
    const fields = codec.decodeFields(codec.encodeFields(applied));
    if (before !== undefined && compareValues(before.fields, fields) === 0) return before;
    return { path: write.path, fields, createTime: before?.createTime ?? commitTime, updateTime: commitTime };
  };

  /** Runs `work` between the two fault points of an operation. */
  const guarded = async <T>(
    operation: FaultPoint['operation'],
    paths: readonly string[],
    work: () => Result<T, StoreError> | Promise<Result<T, StoreError>>,
  ): Promise<Result<T, StoreError>> => {
    const before = await fault({ operation, phase: 'before', paths });
    if (before !== undefined) return err(before);
    const done = await work();
    const after = done.ok ? await fault({ operation, phase: 'after', paths }) : undefined;
    return after === undefined ? done : err(after);
  };

  const transactOnce = async <T>(
    paths: readonly DocumentPath[],
    decide: (documents: (StoredDocument | undefined)[]) => { writes: readonly DocumentWrite[]; value: T },
  ): Promise<Result<T, StoreError>> => {
    const versions = paths.map(path => documents.get(path));
    const decided = decide(read(paths));
    const between = await fault({ operation: 'transact', phase: 'decided', paths });
    if (between !== undefined) return err(between);
    if (paths.some((path, index) => documents.get(path) !== versions[index])) {
      return err({ kind: 'contention', detail: 'in-memory transact: a document changed meanwhile' });
    }
    const applied = apply(decided.writes);
    return applied.ok ? ok(decided.value) : applied;
  };

  return {
    documents,
    getAll: paths => guarded('getAll', paths, () => ok(read(paths))),
    query: query =>
      guarded('query', [query.collection], () => ok(runDocumentQuery([...documents.values()], query).map(copyOut))),
    commit: writes =>
      guarded(
        'commit',
        writes.map(({ path }) => path),
        () => apply(writes),
      ),
    transact: (paths, decide) =>
      guarded('transact', paths, async () => {
        for (let tried = 1; ; tried += 1) {
          const result = await transactOnce(paths, decide);
          const again = !result.ok && result.error.kind === 'contention' && tried < TRANSACTION_ATTEMPTS_MAX;
          if (!again) return result;
        }
      }),
  };
}

function holds({ precondition }: DocumentWrite, before: StoredDocument | undefined): boolean {
  if (precondition === undefined) return true;
  if ('exists' in precondition) return precondition.exists === (before !== undefined);
  return before?.updateTime.epochMicros === precondition.updateTime.epochMicros;
}
