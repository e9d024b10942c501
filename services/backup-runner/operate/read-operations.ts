import { ActiveRun, BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type { DocumentPath, DocumentStore, StoredDocument } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';

/** What Firestore's database `ops` says of the backups. Reads only; a sentence when it cannot. */
export type ReadResult<T> = Promise<Result<T, string>>;

export interface BackupState {
  readonly summary: BackupSummary | undefined;
  /** The run that lives. */
  readonly active: BackupRun | undefined;
}

export async function readState(store: DocumentStore): ReadResult<BackupState> {
  const read = await store.getAll(['backupStatus/summary', 'backupStatus/current']);
  if (!read.ok) return err(trouble(read.error));
  const summary = parse(BackupSummary, read.value[0]);
  if (!summary.ok) return summary;
  const current = parse(ActiveRun, read.value[1]);
  if (!current.ok) return current;
  const runId = current.value?.runId;
  const active = runId === undefined ? ok(undefined) : await readRun(store, runId);
  return active.ok ? ok({ summary: summary.value, active: active.value }) : active;
}

export async function readRun(store: DocumentStore, runId: RunId): ReadResult<BackupRun | undefined> {
  const path: DocumentPath = `backups/${runId}`;
  const read = await store.getAll([path]);
  return read.ok ? parse(BackupRun, read.value[0]) : err(trouble(read.error));
}

/** Newest first. */
export async function readRuns(store: DocumentStore, limit: number): ReadResult<readonly BackupRun[]> {
  const read = await store.query({
    collection: 'backups',
    orderBy: [{ field: 'createdAt', direction: 'desc' }],
    limit,
  });
  if (!read.ok) return err(trouble(read.error));
  const runs: BackupRun[] = [];
  for (const document of read.value) {
    const run = parse(BackupRun, document);
    if (!run.ok) return run;
    if (run.value !== undefined) runs.push(run.value);
  }
  return ok(runs);
}

function parse<T>(shape: z.ZodType<T>, document: StoredDocument | undefined): Result<T | undefined, string> {
  if (document === undefined) return ok(undefined);
  const parsed = shape.safeParse(document.fields);
  return parsed.success ? ok(parsed.data) : err(`${document.path} was written by another release and cannot be read.`);
}

const trouble = ({ kind, detail }: { readonly kind: string; readonly detail: string }): string =>
  `Firestore cannot be read (${kind}: ${detail}).`;
