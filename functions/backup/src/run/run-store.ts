import { ActiveRun, BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type {
  DocumentFields,
  DocumentPath,
  DocumentStore,
  DocumentWrite,
  Precondition,
  StoredDocument,
  StoreError,
  Timestamp,
} from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import { isEnded } from './transitions.ts';

/**
 * Runs in Firestore. Every write is one commit on the condition that nobody wrote meanwhile; which run is alive is
 * written in the same commit. No transactions: one whose process is killed keeps its documents locked for a minute.
 */
export type RunStoreError =
  /** Down, or others kept writing: try later. Whether a write was applied is then unknown. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  /** A document that this release cannot read: written by another one, or by hand. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** Rights that are missing, or a write that Firestore never takes. */
  | { readonly kind: 'denied'; readonly detail: string };

/** A document's content with the version it was read at; `updateTime` is absent when there is no document. */
export interface Versioned<T> {
  readonly value: T;
  readonly updateTime: Timestamp | undefined;
}

const CURRENT_PATH: DocumentPath = 'backupStatus/current';
/** Two calls meet rarely, five times in a row never. */
const ATTEMPTS_MAX = 5;
/** More ends than this are not remembered as untold: months without chat and outside watch. */
const UNTOLD_MAX = 50;

export const runPath = (runId: RunId): DocumentPath => `backups/${runId}`;

/** The run that lives, and these; one round trip. */
export async function readRuns(
  store: DocumentStore,
  runIds: readonly RunId[],
): Promise<
  Result<
    { readonly active: Versioned<ActiveRun>; readonly runs: readonly Result<BackupRun | undefined, RunStoreError>[] },
    RunStoreError
  >
> {
  const read = await store.getAll([CURRENT_PATH, ...runIds.map(runPath)]);
  if (!read.ok) return err(toRunStoreError(read.error));
  const [current, ...documents] = read.value;
  const active = current === undefined ? ok(NOTHING_YET) : parse(ActiveRun, current);
  if (!active.ok) return active;
  return ok({
    active: { value: active.value, updateTime: current?.updateTime },
    runs: documents.map(document => (document === undefined ? ok(undefined) : parse(BackupRun, document))),
  });
}

const NOTHING_YET: ActiveRun = { v: 1 };

export async function readRun(
  store: DocumentStore,
  runId: RunId,
): Promise<Result<BackupRun | undefined, RunStoreError>> {
  const read = await store.getAll([runPath(runId)]);
  if (!read.ok) return err(toRunStoreError(read.error));
  const [document] = read.value;
  return document === undefined ? ok(undefined) : parse(BackupRun, document);
}

/** Newest first, by when they were planned; what cannot be read is left out. */
export async function recentRuns(store: DocumentStore, limit: number): Promise<Result<BackupRun[], RunStoreError>> {
  const read = await store.query({
    collection: 'backups',
    orderBy: [{ field: 'createdAt', direction: 'desc' }],
    limit,
  });
  if (!read.ok) return err(toRunStoreError(read.error));
  return ok(
    read.value.flatMap(document => {
      const run = parse(BackupRun, document);
      return run.ok ? [run.value] : [];
    }),
  );
}

/** Writes a new run as the one that lives. `false` when somebody else was faster. */
export async function addRun(
  store: DocumentStore,
  run: BackupRun,
  active: Versioned<ActiveRun>,
): Promise<Result<boolean, RunStoreError>> {
  const committed = await store.commit([
    { op: 'set', path: runPath(run.runId), fields: toFields(run), precondition: { exists: false } },
    writeActive({ ...active.value, runId: run.runId }, active.updateTime),
  ]);
  if (committed.ok) return ok(true);
  return isLost(committed.error) ? ok(false) : err(toRunStoreError(committed.error));
}

/**
 * Changes a run by `decide`, which is pure and may be asked several times. Answers the run as it is then: the same
 * object when `decide` left it alone, and nothing was written.
 */
export async function changeRun<R>(
  store: DocumentStore,
  runId: RunId,
  decide: (run: BackupRun) => Result<BackupRun, R>,
): Promise<Result<BackupRun, R | RunStoreError | { readonly kind: 'unknown_run' }>> {
  for (let attempt = 1; ; attempt += 1) {
    const read = await store.getAll([runPath(runId), CURRENT_PATH]);
    if (!read.ok) return err(toRunStoreError(read.error));
    const [document, current] = read.value;
    if (document === undefined) return err({ kind: 'unknown_run' });
    const run = parse(BackupRun, document);
    if (!run.ok) return run;
    const decided = decide(run.value);
    if (!decided.ok || decided.value === run.value) return decided;
    const active = activeAfter(run.value, decided.value, current);
    if (!active.ok) return active;
    const precondition = { updateTime: document.updateTime };
    const committed = await store.commit([
      { op: 'set', path: runPath(runId), fields: toFields(decided.value), precondition },
      ...active.value,
    ]);
    if (committed.ok) return decided;
    if (!isLost(committed.error) || attempt === ATTEMPTS_MAX) return err(toRunStoreError(committed.error));
  }
}

/** Changes `backupStatus/current` alone. */
export async function changeActive(
  store: DocumentStore,
  decide: (active: ActiveRun) => ActiveRun,
): Promise<Result<ActiveRun, RunStoreError>> {
  for (let attempt = 1; ; attempt += 1) {
    const read = await readRuns(store, []);
    if (!read.ok) return read;
    const { value, updateTime } = read.value.active;
    const next = decide(value);
    if (next === value) return ok(value);
    const committed = await store.commit([writeActive(next, updateTime)]);
    if (committed.ok) return ok(next);
    if (!isLost(committed.error) || attempt === ATTEMPTS_MAX) return err(toRunStoreError(committed.error));
  }
}

/** The end of a run frees its place, and notes what later runs and the sweep want to know of it. */
function activeAfter(
  before: BackupRun,
  after: BackupRun,
  current: StoredDocument | undefined,
): Result<DocumentWrite[], RunStoreError> {
  if (isEnded(before) || !isEnded(after)) return ok([]);
  const active = current === undefined ? ok(NOTHING_YET) : parse(ActiveRun, current);
  if (!active.ok) return active;
  const { runId, ...rest } = active.value;
  const isGood = after.state === 'done';
  const drill = after.outcomes.some(({ outcome }) => outcome.step === 'restoring' && outcome.drill !== undefined);
  const endedAt = after.endedAt ?? after.stateSince;
  const next: ActiveRun = {
    ...rest,
    ...(runId === undefined || runId === after.runId ? {} : { runId }),
    untold: [...(rest.untold ?? []), after.runId].slice(-UNTOLD_MAX),
    ...(isGood ? { lastGood: { runId: after.runId, endedAt } } : {}),
    ...(isGood && drill ? { lastDrillAt: endedAt } : {}),
  };
  return ok([writeActive(next, current?.updateTime)]);
}

function writeActive(active: ActiveRun, updateTime: Timestamp | undefined): DocumentWrite {
  const precondition: Precondition = updateTime === undefined ? { exists: false } : { updateTime };
  return { op: 'set', path: CURRENT_PATH, fields: toFields(active), precondition };
}

function parse<T>(schema: z.ZodType<T>, document: StoredDocument): Result<T, RunStoreError> {
  const parsed = schema.safeParse(document.fields);
  if (parsed.success) return ok(parsed.data);
  const fields = parsed.error.issues.map(issue => issue.path.join('.')).join(', ');
  return err({ kind: 'unreadable', detail: `${document.path} is not readable: ${fields}` });
}

/** As stored: what is undefined, at any depth, is left out. */
const toFields = (value: BackupRun | ActiveRun): DocumentFields => JSON.parse(JSON.stringify(value)) as DocumentFields;

/** Somebody wrote meanwhile: look again. */
const isLost = ({ kind }: StoreError): boolean => kind === 'precondition_failed' || kind === 'contention';

export function toRunStoreError(error: StoreError): RunStoreError {
  const detail = `${error.kind}: ${error.detail}`;
  const isLasting = error.kind === 'denied' || error.kind === 'refused';
  return { kind: isLasting ? 'denied' : 'unavailable', detail };
}
