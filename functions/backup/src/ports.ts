import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type { StoreError } from '@innkeeper/shared/ports/document-store';
import type { Result } from '@innkeeper/shared/result/result';

/** What the backup functions need of the world. Documents, team chat and vault tokens are ports of `packages/shared`. */

/** Throw-away servers. Implemented on Hetzner's API, and in memory for tests and the simulation. */
export interface Servers {
  /** Snapshots with the label that marks a prepared backup server, newest first. */
  images(): Promise<Result<readonly ServerImage[], CloudError>>;
  /** What can be ordered where, at which price. */
  offers(): Promise<Result<readonly ServerOffer[], CloudError>>;
  /**
   * Orders one server and follows the order for a bounded time. `name_taken` when one of this name exists; with
   * `unavailable` it is unknown whether one was made: look for the name before ordering again.
   */
  create(order: ServerOrder): Promise<Result<Server, CloudError>>;
  /** Every server with the backup label, or only that of a name. */
  list(name?: string): Promise<Result<readonly Server[], CloudError>>;
  /** `ok` once the API has accepted the deletion, and when there is no such server any more. */
  delete(serverId: number): Promise<Result<'accepted' | 'already_gone', CloudError>>;
}

export interface ServerImage {
  readonly id: number;
  /** In Hetzner's word; an image starts on servers of the same. */
  readonly architecture: string;
  readonly diskGb: number;
  /** Label `runner`: version of the runner inside; absent on snapshots that do not say. */
  readonly runnerVersion: string | undefined;
  /** Label `protocol`. */
  readonly protocol: number | undefined;
  readonly createdAt: string;
}

export interface ServerOffer {
  readonly type: string;
  readonly location: string;
  readonly available: boolean;
  /** In Hetzner's word; an image starts on servers of the same. */
  readonly architecture: string;
  readonly diskGb: number;
  /** Net, decimal text, with the public address that a server gets. */
  readonly hourlyPrice: { readonly amount: string; readonly currency: string };
}

export interface ServerOrder {
  readonly runId: RunId;
  readonly name: string;
  readonly type: string;
  readonly location: string;
  readonly imageId: number;
  readonly userData: string;
  /** When anybody may remove it. */
  readonly expires: Date;
}

export interface Server {
  readonly id: number;
  readonly name: string;
  /** From its labels; absent on a server somebody labelled by hand. */
  readonly runId: RunId | undefined;
  readonly expires: Date | undefined;
  readonly status: 'starting' | 'running' | 'off' | 'deleting' | 'other';
  readonly type: string;
  readonly location: string;
  /** Public addresses it speaks from; an IPv6 network as `2001:db8::/64`. */
  readonly addresses: readonly string[];
  readonly createdAt: string;
}

export type CloudError =
  /** This type in this place is not to be had now: try the next candidate. */
  | { readonly kind: 'no_capacity'; readonly detail: string }
  | { readonly kind: 'name_taken'; readonly detail: string }
  /** Down, slow, rate-limited, or another action is running: try later. What was asked may have been done. */
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'quota_exceeded'; readonly detail: string }
  /** Token missing, wrong or read-only. */
  | { readonly kind: 'denied'; readonly detail: string }
  /** Delete protection is on: a person has to lift it. */
  | { readonly kind: 'protected'; readonly detail: string }
  /** The request itself is wrong: a server type that is gone, a network that does not exist. */
  | { readonly kind: 'refused'; readonly detail: string };

/** Managed backups of Firestore. */
export interface DatabaseBackups {
  /** The newest that is complete; `undefined` when there is none yet. */
  newest(): Promise<Result<{ readonly name: string; readonly snapshotTime: string } | undefined, BackupsError>>;
}
export interface BackupsError {
  readonly kind: 'unavailable' | 'denied';
  readonly detail: string;
}

/** A watch outside of everything this company runs: it raises the alarm when it hears nothing. */
export interface DeadMan {
  ping(
    signal: 'good' | 'failed',
    runId: RunId,
  ): Promise<Result<void, { readonly kind: 'unavailable'; readonly detail: string }>>;
}

/** Everybody that hears of a run's end. */
export const END_EFFECTS = ['log', 'dead_man', 'summary', 'chat'] as const;

/** Whoever ends or watches a run says so here; every call is safe to repeat. */
export interface Telling {
  /** A run reached `done` or `failed`: chat, outside watch, summary, log line. Answers which of `END_EFFECTS` are done. */
  runEnded(run: BackupRun): Promise<readonly string[]>;
  /** Once per `key`: a thing a person must know now. */
  alert(alert: BackupAlert, key: string): Promise<void>;
  /** Says in chat what chat could not be told when it was raised. */
  repeatAlerts(): Promise<Result<void, StoreError>>;
}

export type MissedCause =
  | { readonly kind: 'not_started' }
  /** Another run is at work, most often one by hand. */
  | { readonly kind: 'waits'; readonly behind: RunId }
  /** A run that was alive, or had not been told of, has a document that cannot be read. */
  | { readonly kind: 'unreadable'; readonly runId: RunId };

/** Everything that can need a person. The catalogue in `alerts/` gives each its level, sentence and next step. */
export type BackupAlert =
  | { readonly kind: 'backup_failed'; readonly run: BackupRun }
  /** The run of a day has not begun at its time, or is lost. */
  | { readonly kind: 'backup_missed'; readonly day: string; readonly dueAt: string; readonly cause: MissedCause }
  /** Longer than allowed without a good run. */
  | {
      readonly kind: 'recovery_point_exceeded';
      readonly lastGoodAt: string | undefined;
      readonly ageMs: number | undefined;
    }
  /** No restore was proven for too long. */
  | { readonly kind: 'restore_unproven'; readonly lastDrillAt: string | undefined }
  | { readonly kind: 'server_orphaned'; readonly serverId: number; readonly name: string }
  | { readonly kind: 'server_undeletable'; readonly serverId: number; readonly name: string; readonly detail: string }
  | { readonly kind: 'size_anomaly'; readonly run: BackupRun }
  | { readonly kind: 'runner_outdated'; readonly version: string | undefined }
  | { readonly kind: 'token_misused'; readonly runId: RunId; readonly problem: string }
  | { readonly kind: 'reports_refused'; readonly runId: string; readonly problem: string }
  | { readonly kind: 'launch_waiting'; readonly runId: RunId; readonly problem: string }
  | { readonly kind: 'cloud_unreachable'; readonly detail: string }
  | { readonly kind: 'telling_failed'; readonly channel: 'chat' | 'dead_man'; readonly detail: string };
