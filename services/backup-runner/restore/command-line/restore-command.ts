import type { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import type { Namespace } from '../../src/proof-of-restore/mongodb/read-archive.ts';

/** What a person asked for, read from the command line and checked; nothing has been looked at yet. */
export type RestoreCommand =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'list'; readonly json: boolean }
  | {
      readonly kind: 'browse';
      readonly run: RunName;
      readonly source: BackupSource;
      /** Within the files; `/` for all of them. */
      readonly path: string;
      readonly json: boolean;
    }
  | RestoreOrder
  | EraseOrder;

/** A run id, or `latest`: the newest complete run. */
export type RunName = string;

export type RestoreWhat =
  /** Paths on the filer; `folder` gets them under the same names. */
  | { readonly kind: 'files'; readonly paths: readonly string[]; readonly folder: string }
  | { readonly kind: 'collection'; readonly from: Namespace; readonly as: Namespace; readonly mongodb: string }
  | { readonly kind: 'keycloak'; readonly postgres: string }
  | {
      readonly kind: 'everything';
      readonly folder: string;
      readonly mongodb: string | undefined;
      readonly postgres: string | undefined;
    };

export interface RestoreOrder {
  readonly kind: 'restore';
  readonly run: RunName;
  readonly what: RestoreWhat;
  readonly overwrite: boolean;
  /** The target may be the very database that is backed up. */
  readonly intoSource: boolean;
  readonly erasures: ErasuresFrom;
  readonly signature: Signature;
}

/** Erases again in what was restored by other means. */
export interface EraseOrder {
  readonly kind: 'erase';
  readonly run: RunName;
  readonly folder: string | undefined;
  readonly mongodb: string | undefined;
  readonly firestore: { readonly project: string; readonly database: string } | undefined;
  readonly erasures: ErasuresFrom;
  readonly signature: Signature;
}

export type ErasuresFrom =
  | { readonly kind: 'firestore' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'none' };

export interface Signature {
  /** Without it only the plan is shown. */
  readonly yes: boolean;
  readonly by: string | undefined;
  /** Where the record goes; beside the target when not said. */
  readonly record: string | undefined;
}
