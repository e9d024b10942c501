import type { RunnerFailure } from '@innkeeper/shared/contracts/backup/failure';
import type { BackupSource, BackupStep } from '@innkeeper/shared/contracts/backup/steps';

/** What will become of one server, decided at its birth. An ordinary one boots, works and says so. */
export interface ServerFate {
  /** From the order until the runner starts. */
  readonly bootMs: number;
  /** The runner never starts: the server hangs, or nobody hears it. */
  readonly isMute: boolean;
  /** Somebody deletes it, or it loses power, so long after its birth. */
  readonly vanishesAfterMs?: number;
  readonly powersOffAfterMs?: number;
  /** How wrong its clock is, and by how much it jumps when the work is half done. */
  readonly clockErrorMs: number;
  readonly clockJumpMs: number;
  readonly runner: { readonly version: string; readonly protocol: number };
  readonly dies?: { readonly step: BackupStep; readonly when: 'before' | 'between' | 'after'; readonly fault: string };
  readonly says?: { readonly step: 'booting' | BackupStep; readonly reason: RunnerFailure; readonly fault: string };
  readonly lies?: { readonly how: Lie; readonly fault: string };
  /** Somebody else uses its token: before it, after it, or from elsewhere. */
  readonly thief?: { readonly when: 'first' | 'later' | 'elsewhere'; readonly fault: string };
  /** Somebody sends reports in its name. */
  readonly forger?: { readonly fault: string };
  /** Sizes of sources against what is usual. */
  readonly sizes: Readonly<Partial<Record<BackupSource, number>>>;
}

export type Lie = 'percent_goes_back' | 'step_out_of_order' | 'end_without_work' | 'wrong_form' | 'number_left_out';

/** An ordinary life. */
export const ORDINARY_FATE: ServerFate = {
  bootMs: 45_000,
  isMute: false,
  clockErrorMs: 0,
  clockJumpMs: 0,
  runner: { version: '0.1.0', protocol: 1 },
  sizes: {},
};

/** Waits for the next server that is born. */
export interface PendingFate {
  readonly change: (fate: ServerFate) => ServerFate;
}
