import type { Readable } from 'node:stream';
import type { BackupSource, TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';
import type { StepProgress, StepResult } from '../run/step.ts';

/**
 * restic as this product uses it: one repository, one credential. Driven by its JSON lines; every exit code is a named
 * failure, and a partial backup is one. Fixed `--host innkeeper` and `--group-by host,paths` everywhere: the tag of the
 * run is in every snapshot, so a group by tags would make each run a group of its own, which nothing ever leaves.
 */
export interface Restic {
  /** Like `0.19.1`. */
  version(): StepResult<string>;
  /** Opens the repository: it is there, the password is right. */
  open(): StepResult<void>;
  /** Removes locks whose owner is gone (restic's own rule: older than 30 minutes). */
  unlock(): StepResult<void>;
  /** A program's output as one file. No snapshot unless the program ends with 0. */
  backupCommand(order: {
    readonly source: BackupSource;
    readonly runId: string;
    /** Absolute, the same every night: `/mongodb.archive`. */
    readonly fileName: string;
    readonly command: readonly [program: string, ...args: string[]];
    readonly environment?: Readonly<Record<string, string>>;
    readonly progress: (progress: StepProgress) => void;
  }): StepResult<TakenSnapshot>;
  /** Bytes from memory as one file. */
  backupBytes(order: {
    readonly source: BackupSource;
    readonly runId: string;
    readonly fileName: string;
    readonly bytes: Uint8Array;
  }): StepResult<TakenSnapshot>;
  backupFolder(order: {
    readonly source: BackupSource;
    readonly runId: string;
    readonly paths: readonly string[];
    readonly progress: (progress: StepProgress) => void;
  }): StepResult<TakenSnapshot>;
  snapshots(filter?: { readonly runId?: string }): StepResult<readonly ResticSnapshot[]>;
  /** restic's own opinion of what a policy removes, of all or among the snapshots of some runs. Changes nothing. */
  forgetPreview(
    policy: { readonly keepDaily: number; readonly keepWeekly: number; readonly keepMonthly: number },
    among?: { readonly runIds?: readonly string[] },
  ): StepResult<ForgetPreview>;
  /** Removes exactly these. */
  forget(snapshotIds: readonly string[]): StepResult<{ readonly removed: readonly string[] }>;
  /** Removes wholly unused packs. `refused`: packs that the vault holds to be too young. */
  prune(): StepResult<{ readonly freedBytes: number; readonly refused: number }>;
  /** `subset` like `3/10`; without it only the structure is checked. */
  check(subset?: string): StepResult<void>;
  /** Every node of a snapshot, streamed. */
  list(snapshotId: string, onNode: (node: ResticNode) => void): StepResult<void>;
  /**
   * Restores into `target`; `include` are absolute paths inside the snapshot, all of it when absent. `<id>:<folder>` as
   * `snapshotId` makes that folder the root. `verify`: what was written is read back and compared with its hashes.
   */
  restore(order: {
    readonly snapshotId: string;
    readonly target: string;
    readonly include?: readonly string[];
    readonly verify?: boolean;
    readonly progress?: (progress: StepProgress) => void;
  }): StepResult<{ readonly files: number; readonly bytes: number }>;
  /** One file's bytes as a stream. */
  dump(snapshotId: string, path: string, into: (bytes: Readable) => Promise<void>): StepResult<void>;
}

export interface ResticSnapshot {
  readonly id: string;
  /** As restic wrote it, with its own offset: days and weeks are counted in it. */
  readonly time: string;
  readonly host: string;
  readonly paths: readonly string[];
  readonly tags: readonly string[];
  /** Absent in snapshots of old restic versions. */
  readonly totalBytes: number | undefined;
  readonly totalFiles: number | undefined;
}

export interface ForgetPreview {
  readonly keep: readonly string[];
  readonly remove: readonly string[];
  /** Why each kept snapshot is kept, restic's words: `daily snapshot`, `oldest weekly snapshot`. */
  readonly reasons: Readonly<Record<string, readonly string[]>>;
}

export interface ResticNode {
  readonly path: string;
  readonly type: 'file' | 'dir' | 'symlink' | 'other';
  readonly size: number;
  readonly mtime: string;
}
