import type { Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';

/** Firestore's configuration in one Google Cloud project. */
export interface FirestoreAdmin {
  databases(): Promise<Result<readonly FirestoreDatabase[], AskError>>;
  /** Composite indexes of a database. */
  indexes(database: string): Promise<Result<readonly FirestoreIndex[], AskError>>;
  /** Fields with a policy that lets documents expire. */
  expiringFields(database: string): Promise<Result<readonly ExpiringField[], AskError>>;
  /** Newest managed backup that is complete, of any database, by database. */
  newestBackups(): Promise<Result<ReadonlyMap<string, Date>, AskError>>;
}

export interface FirestoreDatabase {
  /** `(default)`, `ops`. */
  readonly id: string;
  readonly isDeleteProtected: boolean;
  readonly hasPointInTimeRecovery: boolean;
}

export interface FirestoreIndex {
  readonly collection: string;
  /** Without the `__name__` that Firestore adds. */
  readonly fields: readonly string[];
  readonly state: 'ready' | 'creating' | 'needs_repair' | 'other';
}

export interface ExpiringField {
  readonly collection: string;
  readonly field: string;
  readonly state: 'active' | 'creating' | 'needs_repair' | 'other';
}
