import * as z from 'zod';
import { LocalDate } from '../../domain/local-time.ts';
import { PublicKey } from './exchange.ts';
import { BackupFailure, LaunchFailure } from './failure.ts';
import { BackupType, RunId } from './run-id.ts';
import { BackupStep, StepOutcome } from './steps.ts';

/**
 * One run, as the state machine in Firestore (`ops`, document `backups/<run id>`). Every transition is one commit under
 * the document's `updateTime`.
 */
export const RunState = z.enum([
  'planned',
  'creating',
  'booting',
  ...BackupStep.options,
  'reported',
  'deleting',
  'done',
  'failed',
]);
export type RunState = z.infer<typeof RunState>;

const instant = z.iso.datetime();

export const BackupRun = z.object({
  v: z.literal(1),
  runId: RunId,
  /** The night it belongs to, in `zone`. */
  day: LocalDate,
  zone: z.string(),
  types: z.array(BackupType).min(1),
  trigger: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('schedule') }),
    /** Not begun in time, as the scheduler was silent or another run alive; the sweep started it. */
    z.object({ kind: z.literal('missed') }),
    z.object({ kind: z.literal('retry'), of: RunId }),
    z.object({ kind: z.literal('manual'), reason: z.string().max(300), acceptSmaller: z.boolean() }),
  ]),
  state: RunState,
  createdAt: instant,
  stateSince: instant,
  /** When the sweep gives the state up. */
  stateDeadline: instant,
  /** When the server powers itself off and its label `expires` says it may be removed. */
  runDeadline: instant,
  endedAt: instant.optional(),
  /** Set once; the run then goes by `deleting` to `failed`. */
  failure: z.object({ reason: BackupFailure, detail: z.string(), at: instant, during: RunState }).optional(),
  creation: z.object({
    attempts: z.int().nonnegative(),
    /** Nobody orders a server for this run before; while `creating`, the lease of whoever does. */
    nextAttemptAt: instant.optional(),
    lastProblem: z.string().optional(),
    /** What the run fails of when the waiting takes too long. */
    waitingFor: LaunchFailure.optional(),
  }),
  server: z
    .object({
      id: z.int(),
      name: z.string(),
      type: z.string(),
      location: z.string(),
      addresses: z.array(z.string()),
      imageId: z.int(),
      runnerVersion: z.string(),
      /** Net, as the API says: decimal text. */
      hourlyPrice: z.object({ amount: z.string(), currency: z.string() }),
      createdAt: instant,
      goneAt: instant.optional(),
    })
    .optional(),
  credential: z.object({
    /** SHA-256 of the one-time token, hex. The token itself is nowhere but in user_data. */
    tokenHash: z.string(),
    expiresAt: instant,
    publicKey: PublicKey.optional(),
    boundAt: instant.optional(),
    /** When the credential for retention was last given out. */
    retentionAt: instant.optional(),
  }),
  lastSequence: z.int().nonnegative(),
  /** By the function's clock. */
  lastReportAt: instant.optional(),
  progress: z
    .object({
      step: BackupStep,
      percent: z.number(),
      bytesDone: z.int(),
      bytesPerSecond: z.number(),
      secondsLeft: z.int().optional(),
      at: instant,
    })
    .optional(),
  outcomes: z.array(z.object({ outcome: StepOutcome, durationMs: z.int() })),
  overheadMs: z.int().optional(),
  anomalies: z.array(
    z.object({ source: z.string(), measure: z.enum(['bytes', 'files']), value: z.number(), median: z.number() }),
  ),
  cost: z.object({ startedHours: z.int(), amount: z.string(), currency: z.string() }).optional(),
  /** Effects that were done once: name to instant. */
  told: z.record(z.string(), instant),
});
export type BackupRun = z.infer<typeof BackupRun>;

/**
 * `backupStatus/current` in `ops`: which run is alive, and what the last ones left. Written with the run in one commit:
 * at most one lives, and no end is forgotten.
 */
export const ActiveRun = z.object({
  v: z.literal(1),
  runId: RunId.optional(),
  /** Ended, and not everybody has been told yet. */
  untold: z.array(RunId).optional(),
  lastGood: z.object({ runId: RunId, endedAt: instant }).optional(),
  /** When a good run last rebuilt the databases. */
  lastDrillAt: instant.optional(),
});
export type ActiveRun = z.infer<typeof ActiveRun>;

/** `backupStatus/summary` in `ops`: what a person wants to know first. Derived from the runs, by whoever ends one. */
export const BackupSummary = z.object({
  v: z.literal(1),
  updatedAt: instant,
  lastGood: z
    .object({
      runId: RunId,
      finishedAt: instant,
      totalBytes: z.int(),
      totalFiles: z.int(),
      addedBytes: z.int(),
      durationMs: z.int(),
    })
    .optional(),
  lastRun: z
    .object({ runId: RunId, state: RunState, endedAt: instant.optional(), reason: BackupFailure.optional() })
    .optional(),
  /** Snapshots in the vault after the last retention. */
  kept: z.int().optional(),
  /** When data was last read back and compared, and when the databases were last rebuilt. */
  lastSampleAt: instant.optional(),
  lastDrillAt: instant.optional(),
  /** Measured by the last drill: how long it took to have everything back. */
  recoveryMs: z.int().optional(),
  nextDueAt: instant,
});
export type BackupSummary = z.infer<typeof BackupSummary>;
