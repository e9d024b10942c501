import type { Result } from '@innkeeper/shared/result/result';
import type { ObjectType } from '../route.ts';

/**
 * What was deleted from a repository and which snapshots were made, written down before it happens and settled after.
 * It counts what a day and a token may do. An entry that was never settled says that its end is unknown.
 */
export interface Ledger {
  openDeletion(
    repository: string,
    deletion: Deletion,
    dailyMax: number,
  ): Promise<Result<EntryNumber, 'daily_deletions_exhausted' | 'ledger_unavailable'>>;
  /** The same name for the same token again counts once. */
  openSnapshot(
    repository: string,
    snapshot: Snapshot,
    tokenMax: number,
  ): Promise<Result<EntryNumber, 'snapshots_exhausted' | 'ledger_unavailable'>>;
  /** Sets `bytes`, or what is left of them, of the most a token may store aside for whoever asks. 0: nothing is left. */
  reserveBytes(
    repository: string,
    reservation: { readonly tokenId: string; readonly bytes: number; readonly at: Date },
    tokenMax: number,
  ): Promise<Result<number, 'ledger_unavailable'>>;
  settle(
    repository: string,
    entry: EntryNumber,
    outcome: Outcome,
    at: Date,
  ): Promise<Result<void, 'ledger_unavailable'>>;
  read(repository: string, query: LedgerQuery): Promise<Result<LedgerPage, 'ledger_unavailable'>>;
}

export type EntryNumber = number;
export type Outcome = 'done' | 'failed';

interface Act {
  readonly name: string;
  /** Who: the token's subject and id. */
  readonly subject: string;
  readonly tokenId: string;
  readonly at: Date;
}

export interface Deletion extends Act {
  readonly type: ObjectType;
  readonly bytes: number;
  readonly uploadedAt: Date;
}

export interface Snapshot extends Act {
  readonly bytes: number;
}

export interface LedgerQuery {
  readonly since: Date | undefined;
  readonly after: EntryNumber;
}

export interface LedgerEntry {
  readonly entry: EntryNumber;
  readonly action: 'deletion' | 'snapshot';
  readonly type: ObjectType;
  readonly name: string;
  readonly subject: string;
  readonly tokenId: string;
  readonly bytes: number;
  /** ISO instants. */
  readonly at: string;
  readonly uploadedAt: string | null;
  readonly settledAt: string | null;
  readonly outcome: Outcome | null;
}

export interface LedgerPage {
  readonly entries: readonly LedgerEntry[];
  /** `after` of the next page; null behind the last entry. */
  readonly next: EntryNumber | null;
}
