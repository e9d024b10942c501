import * as z from 'zod';

/**
 * Why a run failed: one flat list for everything between the scheduler and the deleted server, so that one table gives
 * each its sentence and next step. Names are facts, not verdicts.
 */
export const LaunchFailure = z.enum([
  'no_snapshot_image',
  'image_architecture_differs',
  'image_larger_than_disk',
  'runner_outdated',
  'no_capacity',
  'hetzner_denied',
  'hetzner_quota_exceeded',
  'hetzner_refused',
  'hetzner_unavailable',
  'server_vanished',
]);

/** What the server itself says of its end. */
export const RunnerFailure = z.enum([
  'exchange_refused',
  'program_missing',
  'restic_outdated',
  'repository_missing',
  'repository_locked',
  'repository_wrong_password',
  'repository_full',
  'repository_damaged',
  'vault_unavailable',
  'vault_refused',
  'restic_failed',
  'restic_crashed',
  'restic_cancelled',
  'source_unreadable',
  'mount_failed',
  'mount_empty',
  'files_too_few',
  'dump_failed',
  'dump_shrunk',
  'disk_full',
  'retention_disagrees',
  'retention_incomplete',
  'restore_failed',
  'restore_differs',
  'canary_missing',
  'deadline_reached',
  'stopped',
  'runner_bug',
]);

/** What only the function can see. */
export const WatchFailure = z.enum([
  /** The state's own deadline passed without a word. */
  'deadline_passed',
  /** The one-time token was used with another key. */
  'token_stolen',
  /** A signed report breaks the contract: progress going backwards, a step out of order, a wrong shape. */
  'runner_misbehaved',
]);

export const BackupFailure = z.enum([...LaunchFailure.options, ...RunnerFailure.options, ...WatchFailure.options]);
export type BackupFailure = z.infer<typeof BackupFailure>;
export type RunnerFailure = z.infer<typeof RunnerFailure>;
export type LaunchFailure = z.infer<typeof LaunchFailure>;
