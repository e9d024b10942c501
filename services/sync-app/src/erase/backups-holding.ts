import { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { RETENTION } from '@innkeeper/shared/contracts/backup/exchange';
import { VAULT_MINIMUM_AGE_S } from '@innkeeper/shared/contracts/backup/vault-token';
import { foreseeRemovals } from '@innkeeper/shared/domain/foresee-removals';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { explainStore } from './find-guest.ts';
import { scan } from './scan.ts';

/** Which backups were taken before an erasure and cannot be changed, and when the last of them is gone. */
export interface HoldingBackups {
  readonly runs: readonly { readonly runId: string; readonly takenAt: string; readonly goesOn?: string }[];
  /** From then on no backup holds the person any more, if there is a snapshot every night until then. */
  readonly obsoleteAfter: string;
}

const DAY_MS = 86_400_000;
/** Managed backups of Firestore are kept for 14 weeks at most: Google's own limit. */
const MANAGED_BACKUP_MS_MAX = 98 * DAY_MS;
/** Nights without a backup put every removal off. */
const MARGIN_MS = 31 * DAY_MS;

export async function readHoldingBackups(ops: DocumentStore, now: Date): Promise<Result<HoldingBackups, string>> {
  const runs = await scan(ops, 'backups', ({ fields }) => BackupRun.safeParse(fields).data);
  return runs.ok ? ok(holdingBackups(runs.value, now)) : err(explainStore(runs.error));
}

/** Pure. A run is counted by its copy of the chat's database: of all sources the one that people stand in. */
export function holdingBackups(runs: readonly BackupRun[], now: Date): HoldingBackups {
  const outcomes = runs.flatMap(run => run.outcomes.map(({ outcome }) => ({ run, outcome })));
  const removed = new Set(outcomes.flatMap(({ outcome }) => (outcome.step === 'retaining' ? outcome.removed : [])));
  const held = outcomes
    .flatMap(({ run, outcome }) =>
      outcome.step === 'dumping' || outcome.step === 'backing_up'
        ? outcome.snapshots
            .filter(({ source, snapshotId }) => source === 'mongodb' && !removed.has(snapshotId))
            .map(({ snapshotId }) => ({ run, id: snapshotId, time: run.createdAt, host: 'backup', paths: ['mongodb'] }))
        : [],
    )
    .toSorted((one, other) => Date.parse(other.time) - Date.parse(one.time));
  const incomplete = new Set(held.filter(({ run }) => run.state !== 'done').map(({ id }) => id));
  const goesOn = foreseeRemovals(held, RETENTION, {
    minimumAgeSeconds: VAULT_MINIMUM_AGE_S.snapshots,
    now,
    incomplete,
  });
  const lastMs = Math.max(
    now.getTime() + MANAGED_BACKUP_MS_MAX,
    ...held.map(({ id, time }) => Date.parse(goesOn.get(id) ?? time) + MARGIN_MS),
  );
  return {
    runs: held.map(({ run, id, time }) => {
      const day = goesOn.get(id);
      return { runId: run.runId, takenAt: time, ...(day === undefined ? {} : { goesOn: day }) };
    }),
    obsoleteAfter: new Date(lastMs).toISOString(),
  };
}
