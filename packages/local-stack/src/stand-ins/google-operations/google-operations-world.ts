/** What a Google Cloud project is like to operate, as its administration APIs tell it. Tests change it directly. */
export interface GoogleOperationsWorld {
  readonly project: string;
  readonly region: string;
  /** Bearer tokens that may call, with their permissions, such as `datastore.indexes.list`. */
  readonly callers: Map<string, readonly string[]>;
  databases: readonly DatabaseRow[];
  indexes: readonly IndexRow[];
  expiringFields: readonly ExpiringFieldRow[];
  backups: readonly BackupRow[];
  /** Services of Cloud Run in `region`. */
  services: readonly ServiceRow[];
  /** JSON by name, in the bucket of Terraform's state. */
  readonly objects: Map<string, unknown>;
  subscriptions: readonly SubscriptionRow[];
  /** Points of Cloud Monitoring. */
  points: readonly PointRow[];
}

export interface DatabaseRow {
  readonly id: string;
  readonly isDeleteProtected: boolean;
  readonly hasPointInTimeRecovery: boolean;
}

export interface IndexRow {
  readonly database: string;
  readonly collection: string;
  readonly fields: readonly string[];
  readonly state: 'READY' | 'CREATING' | 'NEEDS_REPAIR';
}

export interface ExpiringFieldRow {
  readonly database: string;
  readonly collection: string;
  readonly field: string;
  readonly state: 'ACTIVE' | 'CREATING' | 'NEEDS_REPAIR';
}

export interface BackupRow {
  readonly database: string;
  readonly state: 'CREATING' | 'READY' | 'NOT_AVAILABLE';
  readonly snapshotAtMs: number;
}

export interface ServiceRow {
  readonly name: string;
  readonly isReady: boolean;
  readonly latestCreated: string;
  readonly latestReady: string;
  readonly traffic: readonly { readonly revision: string; readonly percent: number }[];
}

export interface SubscriptionRow {
  readonly name: string;
  readonly state: 'ACTIVE' | 'RESOURCE_ERROR';
  readonly isDetached?: boolean;
}

export interface PointRow {
  /** `pubsub.googleapis.com/subscription/oldest_unacked_message_age`. */
  readonly metric: string;
  readonly subscription: string;
  readonly atMs: number;
  readonly value: number;
}
