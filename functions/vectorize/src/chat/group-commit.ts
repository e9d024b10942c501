import type {
  DocumentFields,
  DocumentPath,
  DocumentStore,
  DocumentWrite,
  StoreError,
} from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/**
 * Many small changes of one document (the directory of rooms, what a person may read) in few writes: what arrives while
 * a write of the same lane runs goes with the next one, together. Within this process nobody competes, so that a first
 * fill of thousands ends in its own time; other processes are noticed by preconditions. No transactions: one whose
 * process is killed would keep its documents locked for a minute.
 */
export interface GroupCommit {
  submit<T>(lane: string, work: Work<T>): Promise<Result<T, StoreError>>;
}

/** `run` is pure, reads and writes only `paths`, and may run several times. */
export interface Work<T> {
  readonly paths: readonly DocumentPath[];
  readonly run: (view: DocumentView) => T;
}

/** Documents as earlier work of the same write left them. */
export interface DocumentView {
  get(path: DocumentPath): DocumentFields | undefined;
  set(path: DocumentPath, fields: DocumentFields): void;
}

/** Two or three documents each, far below the 500 writes and 10 MiB of a commit. */
export const GROUP_MAX = 50;
/** Against other processes; then the changes come again. */
const TRIES_MAX = 5;

interface Submitted {
  readonly paths: readonly DocumentPath[];
  readonly run: (view: DocumentView) => void;
  readonly settle: (outcome: Result<void, StoreError>) => void;
  readonly fail: (error: unknown) => void;
}

type GroupStore = Pick<DocumentStore, 'getAll' | 'commit'>;

export function groupCommit(store: GroupStore): GroupCommit {
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
async function commitTogether(store: GroupStore, group: readonly Submitted[]): Promise<void> {
  try {
    const outcome = await writeTogether(store, group);
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

async function writeTogether(store: GroupStore, group: readonly Submitted[]): Promise<Result<void, StoreError>> {
  const paths = [...new Set(group.flatMap(submitted => submitted.paths))];
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const read = await store.getAll(paths);
    if (!read.ok) return read;
    const known = new Map(paths.map((path, index) => [path, read.value[index]]));
    const written = new Map<DocumentPath, DocumentFields>();
    const view: DocumentView = {
      get: path => written.get(path) ?? known.get(path)?.fields,
      set: (path, fields) => void written.set(path, fields),
    };
    for (const submitted of group) submitted.run(view);
    if (written.size === 0) return ok(undefined);
    const writes = paths.flatMap((path): DocumentWrite[] => {
      const before = known.get(path);
      // What was only read is written as it was, which changes nothing but fails where it has changed meanwhile.
      const fields = written.get(path) ?? before?.fields;
      if (fields === undefined) return [];
      const precondition = before === undefined ? { exists: false } : { updateTime: before.updateTime };
      return [{ op: 'set', path, fields, precondition }];
    });
    const committed = await store.commit(writes);
    if (committed.ok) return ok(undefined);
    if (committed.error.kind !== 'precondition_failed') return committed;
  }
  return err({ kind: 'contention', detail: `others kept writing ${paths[0]}` });
}
