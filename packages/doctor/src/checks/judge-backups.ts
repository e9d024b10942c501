import { FAILURE_CATALOGUE } from '@innkeeper/backup/alerts/failure-catalogue';
import { isAtLeast } from '@innkeeper/backup/launch/runner-version';
import type { Server, ServerImage } from '@innkeeper/backup/ports';
import { DRILL_AGE_MS_MAX, RECOVERY_POINT_MS_MAX } from '@innkeeper/backup/sweep/limits';
import { isOrphan } from '@innkeeper/backup/sweep/remove-orphans';
import type { ActiveRun, BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import { RUNNER_PROTOCOL } from '@innkeeper/shared/contracts/backup/run-id';
import { ageMs, ago, DAY_MS, describeSpan } from '../asking/age.ts';
import { functionLog } from '../asking/where-to-look.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';

/** What a person thinks of the backups, given what was read of them. Pure. */

/** A month of Debian's security updates, and two weeks to get round to it. */
export const SNAPSHOT_AGE_MS_MAX = 45 * DAY_MS;
/** Firestore makes a backup each night; a second night without one is no accident. */
export const DATABASE_BACKUP_AGE_MS_MAX = 2 * DAY_MS;

const START_BY_HAND =
  'Mend what made the last runs fail (./dev backups runs), then: ./dev backups launch --reason TEXT.';
const BUILD_SNAPSHOT =
  'Build the snapshot anew: (cd ansible && ansible-playbook -i inventory/ENV playbooks/create-backup-snapshot.yml)';

export function judgeLastGood(active: ActiveRun | undefined, now: Date): Verdict {
  const lastGood = active?.lastGood;
  if (lastGood === undefined) return unwell('now', 'there is no good backup yet', START_BY_HAND);
  const figure = `${lastGood.runId}, ${ago(lastGood.endedAt, now)}`;
  if (ageMs(lastGood.endedAt, now) <= RECOVERY_POINT_MS_MAX) return well(figure);
  return unwell('now', `${figure}; a newer one was due after ${describeSpan(RECOVERY_POINT_MS_MAX)}`, START_BY_HAND);
}

export function judgeLastRun(summary: BackupSummary | undefined): Verdict {
  const lastRun = summary?.lastRun;
  if (lastRun === undefined) return unwell('today', 'none has ended yet', START_BY_HAND);
  const { runId, state, reason } = lastRun;
  if (state !== 'failed') return well(`${runId} is ${state}`);
  if (reason === undefined) return unwell('now', `${runId} failed`, `See why: ./dev backups show ${runId}.`);
  const { means, action } = FAILURE_CATALOGUE[reason];
  return unwell('now', `${runId} failed: ${means}`, action);
}

export function judgeDrill(active: ActiveRun | undefined, now: Date): Verdict {
  const at = active?.lastDrillAt;
  const nextStep = 'See in last Sunday’s run why its drill is missing (./dev backups runs, ./dev backups show RUN).';
  if (at === undefined) return unwell('today', 'the databases were never rebuilt from a backup', nextStep);
  if (ageMs(at, now) <= DRILL_AGE_MS_MAX) return well(ago(at, now));
  return unwell('today', `${ago(at, now)}; every ${describeSpan(DRILL_AGE_MS_MAX)} it is to be proven`, nextStep);
}

/** A run ends as told also where there is nobody to tell: so whether there is an address comes first. */
export function judgeOutsideWatch(
  { isSetUp, run }: { readonly isSetUp: boolean; readonly run: BackupRun | undefined },
  now: Date,
): Verdict {
  if (!isSetUp)
    return unwell(
      'this_week',
      'there is none: nobody outside notices when nothing happens any more',
      'Give it an address: ./dev secrets set dead-man-url --env ENV, then ./dev deploy --env ENV --only functions.',
    );
  const nextStep = `See why: ${functionLog('report')}; another address: ./dev secrets set dead-man-url --env ENV.`;
  if (run === undefined) return unwell('today', 'no run has ended that it could hear of', nextStep);
  const at = run.told['dead_man'];
  return at === undefined
    ? unwell('today', `was not told of ${run.runId}`, nextStep)
    : well(`told of ${run.runId}, ${ago(at, now)}`);
}

export function judgeDatabaseBackups(
  newest: ReadonlyMap<string, Date>,
  databases: readonly string[],
  now: Date,
): Verdict {
  const old = databases.filter(id => ageMs(newest.get(id) ?? new Date(0), now) > DATABASE_BACKUP_AGE_MS_MAX);
  const nextStep =
    'See the schedules (gcloud firestore backups schedules list --database DATABASE --project PROJECT); ' +
    './dev deploy --env ENV --only terraform makes them again.';
  if (old.length > 0) {
    const ages = old.map(id => `${id}: ${newest.has(id) ? ago(newest.get(id) ?? now, now) : 'none'}`);
    return unwell('today', ages.join(', '), nextStep);
  }
  return well(databases.map(id => `${id} ${ago(newest.get(id) ?? now, now)}`).join(', '));
}

export function judgeImages([newest]: readonly ServerImage[], versionMin: string, now: Date): Verdict {
  if (newest === undefined) return unwell('now', 'no snapshot has the label role=backup-runner', BUILD_SNAPSHOT);
  const version = newest.runnerVersion ?? 'of no known version';
  const figure = `runner ${version}, made ${ago(newest.createdAt, now)}`;
  if (newest.protocol !== RUNNER_PROTOCOL || !isAtLeast(newest.runnerVersion, versionMin))
    return unwell('now', `${figure}; needed are ${versionMin} and protocol ${RUNNER_PROTOCOL}`, BUILD_SNAPSHOT);
  return ageMs(newest.createdAt, now) <= SNAPSHOT_AGE_MS_MAX
    ? well(figure)
    : unwell(
        'this_week',
        `${figure}; its security updates are older than ${describeSpan(SNAPSHOT_AGE_MS_MAX)}`,
        BUILD_SNAPSHOT,
      );
}

/** Backup servers without a living run. Each costs money and holds a key of last night. */
export function judgeServers(
  servers: readonly Server[],
  runs: ReadonlyMap<BackupRun['runId'], BackupRun>,
  now: Date,
): Verdict {
  const orphans = servers.filter(server => server.status !== 'deleting' && isOrphan(server, runs, now));
  if (orphans.length === 0) return well(servers.length === 0 ? 'none' : `${servers.length}, at work`);
  const names = orphans.map(({ name, createdAt }) => `${name} since ${describeSpan(ageMs(createdAt, now))}`);
  return unwell(
    'now',
    names.join(', '),
    `See why the sweep does not delete them: ${functionLog('sweep')}; then delete them in Hetzner’s console.`,
  );
}

export const judgeVault = ({ status }: { readonly status: number }): Verdict =>
  status === 200
    ? well('answers')
    : unwell(
        'now',
        `answers ${status} where it should say that it is well`,
        'Deploy workers/backup-vault again: ./dev deploy --env ENV.',
      );
