import { formatBytes, formatCount, formatDuration } from '@innkeeper/shared/backup/format-figures';
import type { TimeZone } from '@innkeeper/shared/domain/local-time';
import type { BackupAlert } from '../ports.ts';
import { describeInstant } from '../telling/describe-instant.ts';
import { FAILURE_CATALOGUE } from './failure-catalogue.ts';
import { missedWords } from './missed-words.ts';

export type AlertKind = BackupAlert['kind'];
/** How soon somebody should look: today, now. */
export type AlertLevel = 'warning' | 'error';

export interface AlertEntry<K extends AlertKind> {
  readonly level: AlertLevel;
  /** For the README: when it is raised. */
  readonly means: string;
  readonly action: string;
  /** For log and chat: this case in one sentence; times by the clock of `zone`. */
  readonly sentence: (alert: Extract<BackupAlert, { kind: K }>, zone: TimeZone) => string;
}

/** Each alert in words. The table in the README is made of it. Pure. */
export const ALERT_CATALOGUE: { readonly [K in AlertKind]: AlertEntry<K> } = {
  backup_failed: {
    level: 'error',
    means: 'A run ended without a good backup. Its server is gone or being removed, older backups are untouched.',
    action: 'Do what the table of failures says for its reason.',
    sentence: ({ run }) =>
      run.failure === undefined
        ? `Backup ${run.runId} failed.`
        : `Backup ${run.runId} failed while ${run.failure.during}: ${FAILURE_CATALOGUE[run.failure.reason].means}.`,
  },
  backup_missed: {
    level: 'error',
    means: 'The run of a day had not begun ten minutes after its time, or its document is lost. `sweep` starts it.',
    action: 'See in Cloud Scheduler why the job `backup-launch` was silent.',
    sentence: ({ day, dueAt, cause }, zone) =>
      `The backup of ${day} was due at ${describeInstant(dueAt, zone)} and ${missedWords(cause).what}.`,
  },
  recovery_point_exceeded: {
    level: 'error',
    means: 'The newest good backup is older than 26 hours.',
    action: 'Read the last failures, mend their cause, and start a run by hand.',
    sentence: ({ lastGoodAt, ageMs }, zone) =>
      lastGoodAt === undefined || ageMs === undefined
        ? 'There is no good backup yet.'
        : `The newest good backup is of ${describeInstant(lastGoodAt, zone)}, ${formatDuration(ageMs)} ago.`,
  },
  restore_unproven: {
    level: 'error',
    means: 'For more than eight days the databases have not been rebuilt from a backup.',
    action: 'Read why the drill of last Sunday is missing; a good run on a Sunday or on the 1st proves it again.',
    sentence: ({ lastDrillAt }, zone) =>
      lastDrillAt === undefined
        ? 'It has never been proven that the databases can be rebuilt from a backup.'
        : `The databases were last rebuilt from a backup on ${describeInstant(lastDrillAt, zone)}.`,
  },
  server_orphaned: {
    level: 'warning',
    means: 'A backup server was alive that no live run answers for. `sweep` deletes it.',
    action: 'Nothing, unless it comes again: then find out who else starts servers with the label `role=backup`.',
    sentence: ({ serverId, name }) => `The backup server ${name} (${serverId}) was left over; it is being deleted.`,
  },
  server_undeletable: {
    level: 'error',
    means: 'A backup server could not be deleted: it is protected, or did not go for half an hour. `sweep` tries on.',
    action: 'Delete it in Hetzner’s console; lift its delete protection if it has one.',
    sentence: ({ serverId, name, detail }) => `The backup server ${name} (${serverId}) cannot be deleted: ${detail}.`,
  },
  size_anomaly: {
    level: 'warning',
    means: 'A source is more than 50% larger or smaller than the median of the last seven good runs.',
    action: 'Ask whether that much was added or deleted on purpose. Older backups still hold what is gone.',
    sentence: ({ run }) =>
      `Backup ${run.runId} is unusual: ${run.anomalies
        .map(({ source, measure, value, median }) =>
          measure === 'bytes'
            ? `${source} has ${formatBytes(value)}, usually ${formatBytes(median)}`
            : `${source} has ${formatCount(value, 'file')}, usually ${Math.round(median).toLocaleString('en-GB')}`,
        )
        .join('; ')}.`,
  },
  runner_outdated: {
    level: 'error',
    means: 'The newest snapshot holds a runner that this function does not understand.',
    action: 'Build the snapshot of the backup server anew from this version of the repository.',
    sentence: ({ version }) =>
      version === undefined
        ? 'The newest snapshot of the backup server does not say which runner it holds.'
        : `The newest snapshot of the backup server holds runner ${version}, which is too old.`,
  },
  token_misused: {
    level: 'error',
    means: 'Somebody was refused the secrets of a living run: a wrong token, another address, or a second key.',
    action:
      'Find who read the server’s user data. If the run failed as `token_stolen`, renew every secret of the runs.',
    sentence: ({ runId, problem }) => `Somebody else than its server asked for the secrets of ${runId}: ${problem}.`,
  },
  reports_refused: {
    level: 'warning',
    means: 'Reports arrived that the key of their run did not sign. They changed nothing.',
    action: 'See in the log of `report` where they come from; a runner of another version signs differently.',
    sentence: ({ runId, problem }) => `A report for ${runId} was refused: ${problem}.`,
  },
  launch_waiting: {
    level: 'warning',
    means: 'No configured place has a server now, or the order failed three times. `sweep` tries on for three hours.',
    action: 'Nothing yet. If it comes often, add types and places to `BACKUP_SERVERS`.',
    sentence: ({ runId, problem }) => `Backup ${runId} is waiting for a server: ${problem}.`,
  },
  cloud_unreachable: {
    level: 'error',
    means: '`sweep` could not list the servers. While that lasts, nobody would see one that was left over.',
    action: 'Look at status.hetzner.com and at `HCLOUD_TOKEN`.',
    sentence: ({ detail }) => `Hetzner’s list of servers cannot be read: ${detail}.`,
  },
  telling_failed: {
    level: 'error',
    means: 'A message could not be posted in chat, or the outside watch not be reached. The other ways were taken.',
    action: 'For `chat`: check `BACKUP_ROOM_ID` and the bot’s rights. For `dead_man`: check `DEAD_MAN_URL`.',
    sentence: ({ channel, detail }) => `Telling people by ${channel} failed: ${detail}.`,
  },
};
