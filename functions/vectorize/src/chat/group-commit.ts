import type {
  DocumentFields,
  DocumentPath,
  DocumentStore,
  DocumentWrite,
  StoreError,
} from '@innkeeper/shared/ports/document-store';
import type { Result } from '@innkeeper/shared/result/result';

/**
 * Many small changes of one document (the directory of rooms, what a person may read) in few transactions: what arrives
 * while a transaction of the same lane runs goes with the next one, together. Other processes are kept out by the
 * transactions themselves; within this one nobody competes, so that a first fill of thousands ends in its own time.
 */
export interface GroupCommit {
  submit<T>(lane: string, work: Work<T>): Promise<Result<T, StoreError>>;
}

/** `run` is pure, reads and writes only `paths`, and may run several times. */
export interface Work<T> {
  readonly paths: readonly DocumentPath[];
  readonly run: (view: DocumentView) => T;
}

/** Documents as earlier work of the same transaction left them. */
export interface DocumentView {
  get(path: DocumentPath): DocumentFields | undefined;
  set(path: DocumentPath, fields: DocumentFields): void;
}

/** Two or three documents each, far below the 500 writes and 10 MiB of a transaction. */
export const GROUP_MAX = 50;

interface Submitted {
  readonly paths: readonly DocumentPath[];
  readonly run: (view: DocumentView) => void;
  readonly settle: (outcome: Result<void, StoreError>) => void;
  readonly fail: (error: unknown) => void;
}

export function groupCommit(store: Pick<DocumentStore, 'transact'>): GroupCommit {
  const lanes = new Map<string, Submitted[]>();

  const drain = async (lane: string, waiting: Submitted[]): Promise<void> => {
    while (waiting.length > 0) await commitTogether(store, waiting.splice(0, GROUP_MAX));
    lanes.delete(lane);
  };

  return {
    submit<T>(lane: string, work: Work<T>) {
      const { promise, resolve, reject } = Promise.withResolvers<Result<T, StoreError>>();
      let value: { readonly of: T } | undefined;
      const submitted: Submitted = {
        paths: work.paths,
        run: view => {
          value = { of: work.run(view) };
        },
        settle: outcome => {
          if (!outcome.ok) resolve(outcome);
          else if (value !== undefined) resolve({ ok: true, value: value.of });
        },
        fail: reject,
      };
      const waiting = lanes.get(lane);
      if (waiting !== undefined) {
        waiting.push(submitted);
        return promise;
      }
      const opened = [submitted];
      lanes.set(lane, opened);
      void drain(lane, opened);
      return promise;
    },
  };
}

/** Settles every one of `group`; never rejects. */
async function commitTogether(store: Pick<DocumentStore, 'transact'>, group: readonly Submitted[]): Promise<void> {
  try {
    const outcome = await transactTogether(store, group);
    if (!outcome.ok && outcome.error.kind === 'refused' && group.length > 1) {
      // What Firestore never takes is one of them: each for itself, so that the others are not held up.
      for (const submitted of group) await commitTogether(store, [submitted]);
      return;
    }
    for (const submitted of group) submitted.settle(outcome);
  } catch (error) {
    for (const submitted of group) submitted.fail(error);
  }
}

function transactTogether(
  store: Pick<DocumentStore, 'transact'>,
  group: readonly Submitted[],
): Promise<Result<void, StoreError>> {
  const paths = [...new Set(group.flatMap(submitted => submitted.paths))];
  return store.transact(paths, documents => {
    const known = new Map(paths.map((path, index) => [path, documents[index]?.fields]));
    const written = new Map<DocumentPath, DocumentFields>();
    const view: DocumentView = {
      get: path => written.get(path) ?? known.get(path),
      set: (path, fields) => void written.set(path, fields),
    };
    for (const submitted of group) submitted.run(view);
    const writes = [...written].map(([path, fields]): DocumentWrite => ({ op: 'set', path, fields }));
    return { writes, value: undefined };
  });
}
