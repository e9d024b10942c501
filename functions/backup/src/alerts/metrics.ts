import { RUN_ENDED, type RunLine } from '../telling/run-line.ts';

/**
 * What is measured, as a table that infrastructure turns into log-based metrics and alerting policies. Each metric is
 * read from one kind of log line; nothing is measured twice and nothing is sent anywhere by the functions themselves.
 */
export interface Metric {
  /** `counter` counts lines, `distribution` collects the values of `field`. */
  readonly kind: 'counter' | 'distribution';
  /** UCUM, as Cloud Monitoring takes it. */
  readonly unit: '1' | 'By' | 'ms' | 'h' | '{currency}';
  /** `event` of the log lines it is read from; one that ends in `*` stands for every event that begins so. */
  readonly event: typeof RUN_ENDED | 'alert.*' | 'sweep.finished' | 'sweep.part_failed';
  readonly field?: keyof RunLine;
  readonly labels: readonly (keyof RunLine | keyof AlertLine | 'part')[];
  readonly purpose: string;
  /** Condition of the policy that sends what the functions cannot send themselves. */
  readonly policy?: MetricPolicy;
}

export interface MetricPolicy {
  /** `absent`: no line at all within the window. */
  readonly when: 'above' | 'absent';
  readonly threshold: number;
  readonly windowMinutes: number;
  /** What a person should do, for the policy's documentation. */
  readonly action: string;
}

/** Fields of an alert's line that serve as labels. */
interface AlertLine {
  readonly alert: string;
  readonly level: string;
}

/** Each metric by its name below `logging.googleapis.com/user/`. */
export const METRICS = {
  'backup/runs': {
    kind: 'counter',
    unit: '1',
    event: RUN_ENDED,
    labels: ['outcome', 'type', 'trigger', 'reason'],
    purpose: 'How runs end, and why those that fail do.',
  },
  'backup/duration': {
    kind: 'distribution',
    unit: 'ms',
    event: RUN_ENDED,
    field: 'durationMs',
    labels: ['outcome', 'type'],
    purpose: 'From planning until the server is gone; creeps towards the deadline of six hours before it is reached.',
  },
  'backup/overhead': {
    kind: 'distribution',
    unit: 'ms',
    event: RUN_ENDED,
    field: 'overheadMs',
    labels: ['type'],
    purpose: 'What the runner itself takes beside restic and the dumps.',
  },
  'backup/total_bytes': {
    kind: 'distribution',
    unit: 'By',
    event: RUN_ENDED,
    field: 'totalBytes',
    labels: ['outcome'],
    purpose: 'Size of everything that is backed up, before deduplication.',
  },
  'backup/added_bytes': {
    kind: 'distribution',
    unit: 'By',
    event: RUN_ENDED,
    field: 'addedBytes',
    labels: ['outcome'],
    purpose: 'What the vault had to take; its sum is the growth of the bucket.',
  },
  'backup/total_files': {
    kind: 'distribution',
    unit: '1',
    event: RUN_ENDED,
    field: 'totalFiles',
    labels: ['outcome'],
    purpose: 'Number of files.',
  },
  'backup/anomalies': {
    kind: 'distribution',
    unit: '1',
    event: RUN_ENDED,
    field: 'anomalies',
    labels: ['type'],
    purpose: 'Sources that are much larger or smaller than usual.',
  },
  'backup/snapshots_kept': {
    kind: 'distribution',
    unit: '1',
    event: RUN_ENDED,
    field: 'kept',
    labels: ['type'],
    purpose: 'Snapshots in the vault after retention: four sources times at most 7 days, 4 weeks and 12 months.',
  },
  'backup/restored_files': {
    kind: 'distribution',
    unit: '1',
    event: RUN_ENDED,
    field: 'restoredFiles',
    labels: ['type'],
    purpose: 'Files that were read back and compared.',
  },
  'backup/restored_bytes': {
    kind: 'distribution',
    unit: 'By',
    event: RUN_ENDED,
    field: 'restoredBytes',
    labels: ['type'],
    purpose: 'How much was read back.',
  },
  'backup/recovery_time': {
    kind: 'distribution',
    unit: 'ms',
    event: RUN_ENDED,
    field: 'recoveryMs',
    labels: ['type'],
    purpose: 'How long the drill took to have databases and files back: the recovery time as measured.',
  },
  'backup/server_hours': {
    kind: 'distribution',
    unit: 'h',
    event: RUN_ENDED,
    field: 'startedHours',
    labels: ['outcome'],
    purpose: 'Started hours that are billed; one on an ordinary night.',
  },
  'backup/cost': {
    kind: 'distribution',
    unit: '{currency}',
    event: RUN_ENDED,
    field: 'cost',
    labels: ['currency'],
    purpose: 'Net cost of the server.',
  },
  'backup/alerts': {
    kind: 'counter',
    unit: '1',
    event: 'alert.*',
    labels: ['alert', 'level'],
    purpose: 'Every alert. Its policy reaches people when chat does not.',
    policy: { when: 'above', threshold: 0, windowMinutes: 5, action: 'Do what the table of alerts says.' },
  },
  'backup/sweeps': {
    kind: 'counter',
    unit: '1',
    event: 'sweep.finished',
    labels: [],
    purpose:
      'That somebody watches: one every five minutes. Without them, missed runs and left-over servers go unseen.',
    policy: {
      when: 'absent',
      threshold: 0,
      windowMinutes: 20,
      action: 'See in Cloud Scheduler and Cloud Run why `sweep` does not run.',
    },
  },
  'backup/undone': {
    kind: 'counter',
    unit: '1',
    event: 'sweep.part_failed',
    labels: ['part', 'reason'],
    purpose: 'Parts of a sweep that could not be done, most often because Firestore did not answer.',
    policy: {
      when: 'above',
      threshold: 2,
      windowMinutes: 15,
      action: 'Look at the status of Firestore and at the rights of the function on the database `ops`.',
    },
  },
} as const satisfies Readonly<Record<string, Metric>>;
