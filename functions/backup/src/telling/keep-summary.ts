import { BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import type {
  DocumentFields,
  DocumentPath,
  DocumentStore,
  Precondition,
  StoreError,
} from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { summarise } from './summarise.ts';

/** `backupStatus/summary`, recomputed from the runs whenever one ends. */
export const SUMMARY_PATH: DocumentPath = 'backupStatus/summary';

/** Three weeks with retries: the last monthly drill may be further back, and is remembered by the summary itself. */
const RUNS_MAX = 40;

/**
 * `run` is the one that has just ended, whether or not its document says so already. Fails with `precondition_failed` when
 * somebody else summarised meanwhile: whoever asks again finds what they wrote.
 */
export async function keepSummary(
  store: DocumentStore,
  run: BackupRun,
  times: { readonly now: Date; readonly nextDueAt: Date },
): Promise<Result<BackupSummary, StoreError>> {
  const known = await store.getAll([SUMMARY_PATH]);
  if (!known.ok) return known;
  const stored = await store.query({
    collection: 'backups',
    orderBy: [{ field: 'createdAt', direction: 'desc' }],
    limit: RUNS_MAX,
  });
  if (!stored.ok) return stored;
  const others = stored.value.flatMap(({ fields }) => {
    const parsed = BackupRun.safeParse(fields);
    // A run of another form says nothing here; whoever reads it by name says so.
    return parsed.success && parsed.data.runId !== run.runId ? [parsed.data] : [];
  });
  const [before] = known.value;
  const summary = summarise(summaryOf(before?.fields), [run, ...others], times);
  const precondition: Precondition = before === undefined ? { exists: false } : { updateTime: before.updateTime };
  const kept = await store.commit([{ op: 'set', path: SUMMARY_PATH, fields: toFields(summary), precondition }]);
  return kept.ok ? ok(summary) : kept;
}

/** Firestore takes no field that is undefined. */
const toFields = (summary: BackupSummary): DocumentFields => JSON.parse(JSON.stringify(summary)) as DocumentFields;

/** What the document holds; `undefined` when it is of another form: it is derived, and so made anew. */
function summaryOf(fields: DocumentFields | undefined): BackupSummary | undefined {
  const parsed = BackupSummary.safeParse(fields);
  return parsed.success ? parsed.data : undefined;
}

export async function readSummary(store: DocumentStore): Promise<Result<BackupSummary | undefined, StoreError>> {
  const read = await store.getAll([SUMMARY_PATH]);
  return read.ok ? ok(summaryOf(read.value[0]?.fields)) : read;
}
